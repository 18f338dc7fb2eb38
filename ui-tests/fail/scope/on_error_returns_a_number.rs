use squall::{Failure, scope};

async fn page(failure: Failure) -> u16 {
    failure.status().as_u16()
}

#[scope("/admin", on_error = page)]
struct Admin;

fn main() {}
