use squall::method;

#[method("", "/cache")]
async fn purge() {}

fn main() {}
