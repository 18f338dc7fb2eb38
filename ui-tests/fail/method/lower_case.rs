use squall::method;

#[method("purge", "/cache")]
async fn purge() {}

fn main() {}
