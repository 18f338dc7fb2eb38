use squall::{Application, Redirect, get};

#[get("/items/{id}", regster = false)]
async fn item(id: u64, #[query] page: Option<u64>) -> String {
    format!("{id} {page:?}")
}

#[get("/")]
async fn index() -> Redirect {
    let _ = item { id: 7, page: Some(1) }.url();
    Redirect::to(item::at(7))
}

fn main() {
    let _ = Application::empty().handler::<item>();
}
