use std::collections::HashMap;

use squall::{Param, get, handler};

#[derive(Clone, Debug, Param, PartialEq)]
enum Order {
    Newest,
    Oldest,
}

#[derive(Clone, Debug, PartialEq)]
struct Name(String);

impl From<&'static str> for Name {
    fn from(text: &'static str) -> Self {
        Self(text.to_owned())
    }
}

impl std::str::FromStr for Name {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

const LIMIT: u32 = 20;

#[handler("/items")]
struct Items {
    #[query(default = Order::Newest)]
    order: Order,
    #[query(default = LIMIT, range = 1..)]
    limit: u32,
    #[query(default = Self::OFFSET * 2)]
    offset: u32,
    #[query(default = "Ann")]
    name: Name,
    #[query(default = Some(1))]
    page: Option<u32>,
    #[query(default = vec![Order::Oldest])]
    more: Vec<Order>,
    #[query(default = HashMap::<u32, u32>::new().len(), range = ..=9)]
    size: usize,
    #[query(default = if cfg!(any()) { 'a' } else { 'b' })]
    letter: char,
    #[query(default = -1.5, range = -2.0..=2.0)]
    shift: f64,
}

#[handler]
impl Items {
    const OFFSET: u32 = 5;

    #[get]
    async fn list(&self) {}
}

#[get("/search")]
async fn search(#[query(default = limit())] limit: u32) -> String {
    limit.to_string()
}

fn limit() -> u32 {
    7
}

fn main() {
    let items = Items::at();
    assert_eq!((items.offset, items.letter, items.size), (10, 'b', 0));
    assert_eq!((items.order.clone(), items.page), (Order::Newest, Some(1)));
    assert_eq!(items.url(), "/items");
    assert_eq!(search { limit: 7 }.url(), "/search");
    assert_eq!(search::at().limit, 7);
}
