use squall::every;

#[every("5m")]
async fn clean(_name: &str) {}

fn main() {}
