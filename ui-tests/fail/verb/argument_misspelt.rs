use squall::get;

#[get("/users/{name}")]
async fn user(nmae: String) -> String {
    nmae
}

fn main() {}
