use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[cfg_attr(all(), prepare)]
    async fn known(&self) {}

    #[finish]
    async fn count(&self) {}
}

fn main() {}
