fn routes() -> squall::Application {
    use squall::{Application, get, handler};

    struct Secret(u64);

    impl std::str::FromStr for Secret {
        type Err = std::num::ParseIntError;

        fn from_str(text: &str) -> Result<Self, Self::Err> {
            text.parse().map(Self)
        }
    }

    impl std::fmt::Display for Secret {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            self.0.fmt(f)
        }
    }

    #[get("/hello/{secret}")]
    async fn hello(secret: Secret) -> String {
        secret.to_string()
    }

    #[handler("/items")]
    struct Items;

    #[handler]
    impl Items {
        #[get]
        async fn list(&self) {
            #[squall::post("/inner")]
            async fn inner() {}
        }
    }

    Application::empty().handler::<hello>().handler::<Items>()
}

fn main() {
    let _ = routes();
}
