use squall::handler;

#[handler("/users")]
struct Users;

#[handler]
impl Users {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}
