use squall::every;

struct Files;

#[every("5m")]
async fn clean(_files: Files) {}

fn main() {}
