use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get]
    extern "C" fn list(&self) {}
}

fn main() {}
