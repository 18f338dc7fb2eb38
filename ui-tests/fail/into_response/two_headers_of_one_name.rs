use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    Created(#[response(header = "x-a")] u64, #[response(header = "X-A")] u64, String),
}

fn main() {}
