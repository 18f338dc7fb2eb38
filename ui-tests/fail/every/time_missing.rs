use squall::every;

#[every]
async fn clean() {}

fn main() {}
