use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    Created(String, String),
}

fn main() {}
