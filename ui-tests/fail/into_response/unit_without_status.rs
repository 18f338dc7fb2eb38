use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 201)]
    Created(String),
    Unchanged,
}

fn main() {}
