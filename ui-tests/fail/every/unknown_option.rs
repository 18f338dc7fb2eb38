use squall::every;

#[every("5m", at = "noon")]
async fn clean() {}

fn main() {}
