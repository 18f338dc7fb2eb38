use squall::handler;

#[handler("/search")]
struct Search {
    #[query]
    text: Option<&str>,
}

#[handler]
impl Search {
    #[get]
    async fn find(&self) {}
}

fn main() {}
