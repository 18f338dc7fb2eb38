use squall::IntoResponse;

#[derive(IntoResponse)]
#[response(status = 201)]
enum Saved {
    Created(String),
}

fn main() {}
