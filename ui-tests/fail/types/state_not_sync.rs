use std::cell::RefCell;

use squall::{State, get};

#[get("/")]
async fn index(visits: State<RefCell<u64>>) -> String {
    visits.borrow().to_string()
}

fn main() {}
