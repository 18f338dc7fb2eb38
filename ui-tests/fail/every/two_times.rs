use squall::every;

#[every("5m", "6m")]
async fn clean() {}

fn main() {}
