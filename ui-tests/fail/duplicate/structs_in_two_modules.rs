mod shop {
    use squall::handler;

    #[handler("/items")]
    struct Items;

    #[handler]
    impl Items {
        #[get]
        async fn list(&self) {}
    }
}

mod store {
    use squall::handler;

    #[handler("/items")]
    struct Items;

    #[handler]
    impl Items {
        #[get]
        async fn list(&self) {}
    }
}

fn main() {}
