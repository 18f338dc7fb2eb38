use squall::handler;

#[handler("/items")]
mod items {}

fn main() {}
