use serde::{Deserialize, Serialize};
use squall::get;

#[derive(Deserialize, Serialize)]
struct Trace {
    id: u32,
}

#[get("/items")]
async fn items(#[header(flatten)] trace: Trace) -> String {
    trace.id.to_string()
}

fn main() {}
