use squall::every;

#[every("5m")]
#[prepare]
async fn clean() {}

fn main() {}
