use squall::get;

#[get("/files/{*}")]
async fn file() {}

fn main() {}
