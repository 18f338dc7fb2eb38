use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 600)]
    Created(String),
}

fn main() {}
