use squall::{Json, get};

struct View;

#[get("/")]
async fn index() -> Json<View> {
    Json(View)
}

fn main() {}
