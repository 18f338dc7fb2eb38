use squall::method;

#[method("/cache", "PURGE")]
async fn purge() {}

fn main() {}
