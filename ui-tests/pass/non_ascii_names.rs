use squall::{get, handler};

#[handler("/häuser/{größe}")]
struct Haus {
    größe: u64,
    #[query]
    straße: Option<String>,
}

#[handler]
impl Haus {
    #[get]
    async fn zeige(&self) -> String {
        format!("{} {:?}", self.größe, self.straße)
    }
}

#[get("/grüße")]
async fn grüße() -> &'static str {
    "Grüße"
}

fn main() {
    let haus = Haus { größe: 7, straße: Some("Allee".to_owned()) };
    assert_eq!(haus.url(), "/h%C3%A4user/7?stra%C3%9Fe=Allee");
    assert_eq!(grüße {}.url(), "/gr%C3%BC%C3%9Fe");
}
