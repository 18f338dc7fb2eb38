use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    async unsafe fn list(&self) {}
}

fn main() {}
