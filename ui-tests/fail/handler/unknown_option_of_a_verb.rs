use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[get(blokcing)]
    fn list(&self) {}
}

fn main() {}
