use squall::get;

#[get("/items#top")]
async fn items() {}

fn main() {}
