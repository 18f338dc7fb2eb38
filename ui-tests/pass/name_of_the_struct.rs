use squall::get;

mod hello {
    pub(crate) const GREETING: &str = "Hello";
}

#[get("/hello/{name}", name = Hello)]
pub async fn hello(name: String) -> String {
    format!("{}, {name}", hello::GREETING)
}

fn main() {
    assert_eq!(Hello { name: "Ann".to_owned() }.url(), "/hello/Ann");
    let _ = hello(String::new());
}
