use squall::method;

#[method("PURGE", "/cache")]
async fn purge() {}

#[method("PURGE", "/cache")]
async fn clear() {}

fn main() {}
