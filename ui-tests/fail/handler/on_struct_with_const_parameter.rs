use squall::handler;

#[handler("/items")]
struct Items<const N: usize>;

#[handler]
impl<const N: usize> Items<N> {
    #[get]
    async fn list(&self) -> String {
        N.to_string()
    }
}

fn main() {}
