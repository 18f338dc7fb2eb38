#[squall::app]
mod app {}

fn main() {}
