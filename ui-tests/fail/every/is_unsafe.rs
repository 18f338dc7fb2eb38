use squall::every;

#[every("5m")]
async unsafe fn clean() {}

fn main() {}
