use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 100)]
    Created(String),
}

fn main() {}
