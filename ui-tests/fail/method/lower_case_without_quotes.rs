use squall::handler;

#[handler("/cache")]
struct Cache;

#[handler]
impl Cache {
    #[method(purge)]
    async fn purge(&self) {}
}

fn main() {}
