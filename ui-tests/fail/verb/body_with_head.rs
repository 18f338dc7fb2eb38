use squall::{Bytes, head};

#[head("/search")]
async fn search(_text: Bytes) {}

fn main() {}
