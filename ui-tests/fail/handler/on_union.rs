use squall::handler;

#[handler("/items/{id}")]
union Item {
    id: u64,
}

fn main() {
    let _ = Item { id: 7 };
}
