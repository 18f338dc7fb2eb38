use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl<T> Admin {
    #[prepare]
    async fn known(&self) {}
}

fn main() {}
