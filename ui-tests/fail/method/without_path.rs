use squall::method;

#[method("PURGE")]
async fn purge() {}

fn main() {}
