use squall::get;

#[get("/")]
async fn index() -> impl std::fmt::Display {
    7
}

fn main() {}
