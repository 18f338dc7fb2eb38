use squall::every;

#[every("5m")]
async fn clean(_body: String) {}

fn main() {}
