use squall::{Html, IntoResponse, Json, Problem, StatusCode, get};

#[derive(IntoResponse)]
enum Saved<B = String> {
    #[response(status = 201)]
    Created {
        #[response(header = "Location")]
        r#type: String,
        #[response(header = "x-next")]
        next: Option<Option<u8>>,
        body: Json<u8>,
    },
    Page(Html<&'static str>),
    Result(Result<Json<u8>, Refused>),
    Either(B),
    #[response(status = 404)]
    Missing,
    #[response(status = 202)]
    Empty(),
    #[response(status = 205)]
    Also {},
    #[response(status = 304)]
    Unchanged(#[response(header = "etag")] squall::http::HeaderValue),
}

#[derive(Problem)]
#[problem(status = 403)]
struct Refused;

#[derive(IntoResponse)]
#[response(status = 202)]
struct Accepted;

#[get("/")]
async fn index() -> Result<Saved, Refused> {
    Ok(Saved::Missing)
}

fn main() {
    let made = Saved::<&'static str>::Created { r#type: "/a".to_owned(), next: Some(None), body: Json(1) };
    let response = made.into_response();
    assert_eq!((response.status(), response.headers()["location"].as_bytes()), (StatusCode::CREATED, &b"/a"[..]));
    assert_eq!(Saved::<String>::Result(Err(Refused)).into_response().status(), 403);
    assert_eq!(Saved::Either("text").into_response().status(), 200);
    assert_eq!(Accepted.into_response().status(), 202);
}
