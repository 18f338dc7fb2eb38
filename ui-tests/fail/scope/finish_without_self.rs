use squall::{Outcome, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[finish]
    async fn count(_outcome: &Outcome) {}
}

fn main() {}
