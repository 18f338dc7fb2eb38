mod shop {
    #[squall::get("/shop")]
    pub async fn index() {}
}

mod store {
    #[squall::get("/store")]
    pub async fn index() {}
}

fn main() {
    assert_eq!(shop::index {}.url(), "/shop");
    assert_eq!(store::index {}.url(), "/store");
}
