use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(header = "x-total")]
    Created(String),
}

fn main() {}
