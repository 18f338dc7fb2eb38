use squall::{Bytes, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self, _body: Bytes) {}
}

fn main() {}
