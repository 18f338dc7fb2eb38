use squall::handler;

#[handler("/cache")]
struct Cache;

#[handler]
impl Cache {
    #[method]
    async fn purge(&self) {}
}

fn main() {}
