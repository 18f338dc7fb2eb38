use squall::{Outcome, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[finish]
    async fn count(&self, _outcome: &mut Outcome) {}
}

fn main() {}
