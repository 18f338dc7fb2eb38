use squall::every;

#[every("5 minutes")]
async fn clean() {}

fn main() {}
