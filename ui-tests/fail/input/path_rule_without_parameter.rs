use squall::get;

#[get("/items")]
async fn items(#[path(range = 1..)] id: u64) -> String {
    id.to_string()
}

fn main() {}
