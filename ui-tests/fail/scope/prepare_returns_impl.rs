use squall::{IntoResponse, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) -> impl IntoResponse {
        "known"
    }
}

fn main() {}
