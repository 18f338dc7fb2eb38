use squall::every;

#[every(5)]
async fn clean() {}

fn main() {}
