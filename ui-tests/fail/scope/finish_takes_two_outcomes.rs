use squall::{Outcome, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[finish]
    async fn count(&self, _outcome: &Outcome, _again: &Outcome) {}
}

fn main() {}
