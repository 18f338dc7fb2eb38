use squall::handler;

#[handler("/items")]
enum Items {
    All {
        #[query]
        page: u64,
    },
}

fn main() {
    let _ = Items::All { page: 1 };
}
