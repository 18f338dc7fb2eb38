use squall::every;

#[every("5m")]
async fn clean<T>(_files: Option<T>) {}

fn main() {}
