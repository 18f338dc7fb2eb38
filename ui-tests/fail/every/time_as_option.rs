use squall::every;

#[every(time = "5m")]
async fn clean() {}

fn main() {}
