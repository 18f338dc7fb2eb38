use squall::every;

#[every("0s")]
async fn clean() {}

fn main() {}
