use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(201)]
    Created(String),
}

fn main() {}
