use squall::get;

#[get("/café")]
async fn coffee() {}

#[get("/caf%c3%a9")]
async fn espresso() {}

fn main() {}
