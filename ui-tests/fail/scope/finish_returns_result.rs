use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[finish]
    async fn count(&self) -> Result<(), String> {
        Ok(())
    }
}

fn main() {}
