use squall::{Application, handler};

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async fn list(&self) {}

    #[post]
    async fn add(&self) {}

    #[put]
    async fn replace(&self) {}

    #[patch]
    async fn change(&self) {}

    #[delete]
    async fn remove(&self) {}

    #[head]
    async fn look(&self) {}

    #[options]
    async fn ask(&self) {}

    #[method("PURGE")]
    async fn purge(&self) {}

    #[squall::method("X-COUNT")]
    async fn count(&self) {}
}

fn main() {
    let _ = Application::empty().handler::<Items>();
}
