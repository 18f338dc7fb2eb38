use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(staus = 201)]
    Created(String),
}

fn main() {}
