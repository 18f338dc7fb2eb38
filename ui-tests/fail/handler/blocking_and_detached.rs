use squall::handler;

#[handler("/items")]
struct Items;

#[handler]
impl Items {
    #[post(blocking, detached)]
    fn add(&self) {}
}

fn main() {}
