use squall::{Outcome, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self, _outcome: &Outcome) {}
}

fn main() {}
