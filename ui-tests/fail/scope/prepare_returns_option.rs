use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) -> Option<u64> {
        None
    }
}

fn main() {}
