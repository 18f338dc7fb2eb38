use squall::handler;

#[handler("/a")]
struct Unit;

#[handler]
impl Unit {
    #[get]
    async fn show(&self) {}
}

#[handler("/b")]
struct Braces {}

#[handler]
impl Braces {
    #[get]
    async fn show(&self) {}
}

fn main() {
    assert_eq!(Unit.url(), "/a");
    assert_eq!(Braces {}.url(), "/b");
    assert_eq!(Unit::at().url(), "/a");
}
