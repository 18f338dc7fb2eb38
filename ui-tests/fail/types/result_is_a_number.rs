use squall::get;

#[get("/")]
async fn index() -> u64 {
    7
}

fn main() {}
