use squall::{IntoResponse, Json, get};

#[derive(IntoResponse)]
#[response(status = 42)]
struct Page<T>(Json<T>);

#[get("/")]
async fn page() -> Page<u8> {
    Page(Json(1))
}

fn main() {}
