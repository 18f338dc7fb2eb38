use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get(blocking())]
    fn list(&self) {}
}

fn main() {}
