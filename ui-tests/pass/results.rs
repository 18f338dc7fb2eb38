use std::borrow::Cow;

use squall::{Bytes, Error, Html, IntoResponse, Json, NoContent, Redirect, Response, StatusCode, get, handler};

#[derive(serde::Serialize, serde::Deserialize)]
struct View {
    id: u64,
}

type Answer<T> = Result<T, StatusCode>;

#[get("/text")]
async fn text() -> &'static str {
    "text"
}

#[get("/cow")]
async fn cow() -> Cow<'static, str> {
    "text".into()
}

#[get("/json")]
async fn json() -> Answer<Json<Vec<View>>> {
    Err(StatusCode::NOT_FOUND)
}

#[get("/maybe")]
async fn maybe() -> Option<Json<View>> {
    None
}

#[get("/both")]
async fn both() -> Result<Result<Html<String>, Redirect>, Error> {
    Ok(Err(Redirect::to("/")))
}

#[get("/tuple")]
async fn tuple() -> (StatusCode, [(&'static str, &'static str); 1], String) {
    (StatusCode::CREATED, [("x-trace", "1")], String::new())
}

#[get("/opaque")]
async fn opaque() -> impl IntoResponse {
    (StatusCode::ACCEPTED, Bytes::new())
}

#[get("/opaque/result")]
async fn opaque_result() -> Result<impl IntoResponse, StatusCode> {
    Ok::<_, StatusCode>(NoContent)
}

#[get("/response")]
async fn response() -> Response {
    ().into_response()
}

struct Borrowed<'a>(&'a str);

impl IntoResponse for Borrowed<'_> {
    fn into_response(self) -> Response {
        self.0.to_owned().into_response()
    }
}

#[handler("/hello/{name}")]
#[derive(Clone, serde::Serialize, serde::Deserialize)]
struct Hello {
    name: String,
}

#[handler]
impl Hello {
    #[get]
    async fn elided(&self) -> Borrowed<'_> {
        Borrowed(&self.name)
    }

    #[post]
    async fn this(self) -> Json<Self> {
        Json(self)
    }

    #[put]
    async fn array(&self) -> Sized<{ 1 + 1 }> {
        Sized
    }
}

struct Sized<const N: usize>;

impl<const N: usize> IntoResponse for Sized<N> {
    fn into_response(self) -> Response {
        N.to_string().into_response()
    }
}

fn main() {
    assert_eq!(Hello { name: "Ann".to_owned() }.url(), "/hello/Ann");
}
