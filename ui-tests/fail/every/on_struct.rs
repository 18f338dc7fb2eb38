use squall::every;

#[every("5m")]
struct Clean;

fn main() {}
