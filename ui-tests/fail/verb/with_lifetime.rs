use squall::post;

#[post("/items")]
async fn add<'a>(_item: std::borrow::Cow<'a, str>) {}

fn main() {}
