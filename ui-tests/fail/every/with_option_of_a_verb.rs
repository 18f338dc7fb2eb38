use squall::every;

#[every("5m", timeout = "5s")]
async fn clean() {}

fn main() {}
