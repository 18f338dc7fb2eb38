use squall::{Application, Body, Bytes, FromRequest, HeaderMap, Json, Method, Request, State, Uri, get, handler, post};

#[derive(Debug)]
struct Clock(u64);

#[get("/now")]
async fn now(clock: State<Clock>, method: Method, uri: Uri, headers: HeaderMap) -> String {
    format!("{} {method} {uri} {}", clock.0, headers.len())
}

#[post("/try")]
async fn attempt(item: Result<Json<u64>, <Json<u64> as FromRequest>::Rejection>) -> String {
    format!("{:?}", item.map(|Json(number)| number).ok())
}

#[handler("/whole")]
struct Whole {}

#[handler]
impl Whole {
    #[post]
    async fn whole(&self, clock: Option<State<Clock>>, request: Request) -> String {
        format!("{clock:?} {}", request.headers().len())
    }

    #[put]
    async fn stream(&self, body: Body, Clock(now): Clock) -> String {
        drop(body);
        now.to_string()
    }

    #[patch]
    async fn bytes(self, bytes: Option<Bytes>) -> String {
        format!("{bytes:?}")
    }
}

impl FromRequest for Clock {
    type Rejection = std::convert::Infallible;

    async fn from_request(_: &mut Request) -> Result<Self, Self::Rejection> {
        Ok(Self(7))
    }
}

trait Teller: Send + Sync {
    fn tell(&self) -> u64;
}

#[get("/told")]
async fn told(teller: State<Box<dyn Teller>>, shared: State<std::sync::Arc<dyn Teller>>) -> String {
    (teller.tell() + shared.tell()).to_string()
}

fn main() {
    let _ = Application::empty().handler::<told>().handler::<now>().handler::<attempt>().handler::<Whole>();
}
