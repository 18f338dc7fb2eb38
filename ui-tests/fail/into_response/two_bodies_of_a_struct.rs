use squall::{IntoResponse, Json};

#[derive(IntoResponse)]
struct Page {
    total: Json<u64>,
    items: Json<Vec<u8>>,
}

fn main() {}
