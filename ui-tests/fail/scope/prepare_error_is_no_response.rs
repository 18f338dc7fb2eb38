use squall::scope;

#[scope("/admin")]
struct Admin;

struct Unknown;

#[scope]
impl Admin {
    #[prepare]
    async fn known(&self) -> Result<(), Unknown> {
        Err(Unknown)
    }
}

fn main() {}
