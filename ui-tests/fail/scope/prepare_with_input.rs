use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self, #[header] x_user: String) {
        drop(x_user);
    }
}

fn main() {}
