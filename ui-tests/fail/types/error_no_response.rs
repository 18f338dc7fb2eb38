use squall::get;

struct Unlucky;

#[get("/")]
async fn index() -> Result<String, Unlucky> {
    Err(Unlucky)
}

fn main() {}
