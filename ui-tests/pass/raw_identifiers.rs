use squall::{get, handler};

#[handler("/kinds/{type}")]
struct Kind {
    r#type: String,
    #[query]
    r#match: Option<u64>,
}

#[handler]
impl Kind {
    #[get]
    async fn r#move(&self) -> String {
        format!("{} {:?}", self.r#type, self.r#match)
    }
}

#[get("/loop/{in}")]
async fn r#loop(r#in: u64) -> String {
    r#in.to_string()
}

#[handler("/struct")]
#[allow(non_camel_case_types)]
struct r#struct;

#[handler]
impl r#struct {
    #[get]
    async fn show(&self) {}
}

fn main() {
    assert_eq!(Kind { r#type: "new".to_owned(), r#match: Some(1) }.url(), "/kinds/new?match=1");
    assert_eq!(r#loop { r#in: 7 }.url(), "/loop/7");
}
