use squall::{IntoResponse, scope};

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) -> Result<(), impl IntoResponse> {
        Err::<(), _>("unknown")
    }
}

fn main() {}
