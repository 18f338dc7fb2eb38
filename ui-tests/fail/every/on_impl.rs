use squall::every;

struct Cleaner;

#[every("5m")]
impl Cleaner {}

fn main() {}
