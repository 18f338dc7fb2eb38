use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
}

fn main() {}
