use squall::handler;

#[handler("/cache")]
struct Cache;

#[handler]
impl Cache {
    #[method("PURGE ALL")]
    async fn purge(&self) {}
}

fn main() {}
