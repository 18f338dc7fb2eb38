use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self, #[cfg_attr(all(), query)] page: u32) {
        let _ = page;
    }
}

fn main() {}
