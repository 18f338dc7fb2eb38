use squall::handler;

#[handler("/items")]
struct Items;

fn main() {}
