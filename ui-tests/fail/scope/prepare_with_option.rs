use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare(first)]
    async fn known(&self) {}
}

fn main() {}
