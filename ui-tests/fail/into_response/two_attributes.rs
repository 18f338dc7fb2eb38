use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 201)]
    #[response(status = 202)]
    Created(String),
}

fn main() {}
