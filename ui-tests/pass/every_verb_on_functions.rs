#[squall::get("/items")]
async fn list() {}

#[squall::post("/items")]
async fn add() {}

#[squall::put("/items")]
async fn replace() {}

#[squall::patch("/items")]
async fn change() {}

#[squall::delete("/items")]
async fn remove() {}

#[squall::head("/items")]
async fn look() {}

#[squall::options("/items")]
async fn ask() {}

#[squall::method("PURGE", "/items")]
async fn purge() {}

fn main() {
    assert_eq!(list {}.url(), "/items");
    assert_eq!(purge {}.url(), "/items");
}
