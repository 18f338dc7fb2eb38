use squall::get;

fn page(text: String) -> String {
    text
}

#[get("/users", on_error = page)]
async fn users() {}

fn main() {}
