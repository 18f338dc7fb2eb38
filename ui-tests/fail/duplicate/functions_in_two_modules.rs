mod shop {
    #[squall::get("/items")]
    pub async fn items() {}
}

mod store {
    #[squall::get("/items")]
    pub async fn items() {}
}

fn main() {}
