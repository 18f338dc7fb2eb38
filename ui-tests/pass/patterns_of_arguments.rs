use serde::{Deserialize, Serialize};
use squall::{Json, State, handler, post};

#[derive(Deserialize, Serialize)]
struct NewItem {
    name: String,
    price: u64,
}

#[post("/items")]
async fn add(Json(NewItem { name, .. }): Json<NewItem>, _: State<u64>) -> String {
    name
}

#[handler("/things")]
struct Things;

#[handler]
impl Things {
    #[post]
    async fn add(&self, mut state: State<u64>, Json(item): Json<NewItem>) -> String {
        state = state.clone();
        format!("{} {}", *state, item.price)
    }
}

fn main() {
    let _ = Things.add(State::from(7), Json(NewItem { name: String::new(), price: 1 }));
}
