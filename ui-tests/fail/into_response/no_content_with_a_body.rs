use squall::IntoResponse;

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 204)]
    Removed(String),
}

fn main() {}
