use squall::handler;

#[handler("/items", blocking)]
struct Items;

#[handler]
impl Items {
    #[get]
    fn list(&self) {}
}

fn main() {}
