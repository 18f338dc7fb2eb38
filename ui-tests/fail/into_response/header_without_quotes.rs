use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    Created(#[response(header = location)] String, String),
}

fn main() {}
