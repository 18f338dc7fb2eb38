use squall::every;

#[every("5m")]
#[every("6m")]
async fn clean() {}

fn main() {}
