use squall::{Application, Json, State, get, handler};

type Number = u64;
type Shop = State<Vec<Number>>;
type Numbers = Json<Vec<Number>>;

#[handler("/items/{id}")]
struct Item {
    id: Number,
    #[query]
    more: Maybe<Number>,
}

type Maybe<T> = Option<T>;
type Thing = Item;

#[handler]
impl Item {
    #[get]
    async fn show(&self, shop: Shop) -> Numbers {
        Json(shop.iter().copied().filter(|number| *number == self.id).chain(self.more).collect())
    }
}

#[get("/items")]
async fn items(shop: Shop) -> Numbers {
    Json(shop.to_vec())
}

fn main() {
    let _ = Application::empty().handler::<Thing>();
    assert_eq!(Thing { id: 7, more: None }.url(), "/items/7");
}
