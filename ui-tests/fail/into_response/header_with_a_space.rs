use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    Created(#[response(header = "x total")] u64, String),
}

fn main() {}
