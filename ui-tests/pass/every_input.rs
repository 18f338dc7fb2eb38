use serde::{Deserialize, Serialize};
use squall::{Param, handler};

#[derive(Clone, Debug, Param, PartialEq)]
enum Order {
    Newest,
    #[param(rename = "old")]
    Oldest,
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
struct Page {
    #[serde(default)]
    number: u32,
}

const RANGE: std::ops::RangeInclusive<u32> = 1..=100;

#[handler("/items/{id}/{*rest}")]
#[derive(Clone, Debug, PartialEq)]
struct Item {
    #[path(range = 1..)]
    id: u64,
    #[path(pattern = "^[a-z/]+$", length = 1..=20)]
    rest: String,
    #[query]
    verbose: Option<bool>,
    #[query(default = 20, range = RANGE)]
    limit: u32,
    #[query(rename = "q", length = 1..=20)]
    text: Option<String>,
    #[query(pattern = "^[a-z]+$")]
    tag: Vec<String>,
    #[query]
    orders: Vec<Order>,
    #[query]
    order: Option<Order>,
    #[query(flatten)]
    page: Page,
    #[header]
    accept_language: Option<String>,
    #[header("x-trace")]
    trace: Option<u64>,
    #[header]
    x_list: Vec<u8>,
    #[cookie(pattern = "^(light|dark)$")]
    theme: Option<String>,
    #[cookie("sid", default = "none")]
    session: String,
}

#[handler]
impl Item {
    #[get]
    async fn show(self) -> String {
        format!("{self:?}")
    }
}

fn main() {
    let item = Item::at(7, "a/b".to_owned(), Page { number: 1 });
    assert_eq!(item.url(), "/items/7/a/b?number=1");
    let oldest = Item { orders: vec![Order::Oldest], limit: 5, ..item };
    assert_eq!(oldest.url(), "/items/7/a/b?limit=5&orders=old&number=1");
}
