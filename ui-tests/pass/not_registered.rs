use squall::{Application, get, handler};

mod one {
    #[squall::get("/", register = false)]
    pub async fn index() {}
}

#[get("/", register = false)]
async fn index() {}

#[get("/")]
async fn registered() {}

#[handler("/", register = false)]
struct Index;

#[handler]
impl Index {
    #[get]
    async fn show(&self) {}
}

fn main() {
    let _ = Application::empty().handler::<one::index>();
    let _ = Application::empty().handler::<index>();
    let _ = Application::empty().handler::<Index>();
    let _ = Application::empty().handler::<registered>();
}
