use squall::{Outcome, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[finish]
    async fn count(&self, outcome: &Outcome) -> u64 {
        outcome.bytes()
    }
}

fn main() {}
