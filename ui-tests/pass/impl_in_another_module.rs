mod model {
    use squall::handler;

    #[handler("/items/{id}")]
    pub(crate) struct Item {
        pub(crate) id: u64,
    }

    #[handler("/users")]
    pub struct Users;

    #[handler("/shops")]
    pub(super) struct Shops {}
}

mod verbs {
    use squall::handler;

    use super::model::*;

    #[handler]
    impl Item {
        #[get]
        async fn show(&self) -> String {
            self.id.to_string()
        }
    }
}

mod more {
    use squall::handler;

    use super::model::Users as People;

    #[handler]
    impl People {
        #[get]
        async fn list(&self) {}
    }

    #[handler]
    impl super::model::Shops {
        #[get]
        async fn list(&self) {}
    }
}

fn main() {
    assert_eq!(model::Item::at(7).url(), "/items/7");
}
