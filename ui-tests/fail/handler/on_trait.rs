use squall::handler;

#[handler("/items")]
trait Items {}

fn main() {}
