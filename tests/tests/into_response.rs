//! `#[derive(IntoResponse)]`: status, header fields and body of a type; and what derives tell a description.

use squall::testing::{Answer, TestClient};
use squall::{Application, Faults, Html, IntoResponse, Json, Problem, StatusCode, get};

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 201)]
    Created {
        #[response(header = "Location")]
        place: String,
        #[response(header = "x-count")]
        count: Option<u32>,
        body: Json<[u8; 2]>,
    },
    Changed(Html<&'static str>),
    #[response(status = 202)]
    Tried(Result<Json<u8>, Refused>),
    Headed(#[response(header = "x-token")] http_value::Token, &'static str),
    #[response(status = 204)]
    Unchanged,
    #[response(status = 409)]
    Conflict {},
    #[response(status = 418)]
    Text(&'static str),
    Counted {
        #[response(header = "x-count")]
        count: u8,
    },
}

mod http_value {
    pub(crate) type Token = squall::http::HeaderValue;
}

#[derive(Debug, Problem)]
#[problem(status = 403)]
struct Refused;

/// A page of anything that is a list.
#[derive(IntoResponse)]
#[response(status = 206)]
struct Page<T>
where
    T: Clone,
{
    #[response(header = "x-total")]
    total: usize,
    items: Json<Vec<T>>,
}

#[derive(IntoResponse)]
struct Wrapped(Page<char>);

#[derive(IntoResponse)]
#[response(status = 503)]
struct Closed;

#[get("/saved/{name}")]
async fn saved(name: String) -> Saved {
    match name.as_str() {
        "created" => Saved::Created { place: "/items/7".into(), count: Some(3), body: Json([1, 2]) },
        "uncounted" => Saved::Created { place: "/items/8".into(), count: None, body: Json([3, 4]) },
        "split" => Saved::Created { place: "/\r\nset-cookie: a=b".into(), count: None, body: Json([0; 2]) },
        "changed" => Saved::Changed(Html("<p>")),
        "tried" => Saved::Tried(Ok(Json(1))),
        "refused" => Saved::Tried(Err(Refused)),
        "headed" => Saved::Headed(http_value::Token::from_static("secret"), "text"),
        "unchanged" => Saved::Unchanged,
        "conflict" => Saved::Conflict {},
        "counted" => Saved::Counted { count: 0 },
        _ => Saved::Text("short and stout"),
    }
}

#[get("/page")]
async fn page() -> Wrapped {
    Wrapped(Page { total: 9, items: Json(vec!['a', 'b']) })
}

#[get("/closed")]
async fn closed() -> Result<Closed, StatusCode> {
    Ok(Closed)
}

async fn ask(target: &str) -> Answer<squall::Untyped> {
    TestClient::new(Application::new()).get(target).await.expect("sent")
}

#[tokio::test]
async fn each_variant_has_its_own_answer() {
    const JSON: &str = "application/json";
    const PROBLEM: &str = "application/problem+json";
    for (target, status, content_type, text) in [
        ("/saved/created", 201, JSON, "[1,2]"),
        ("/saved/uncounted", 201, JSON, "[3,4]"),
        ("/saved/changed", 200, "text/html; charset=utf-8", "<p>"),
        ("/saved/tried", 202, JSON, "1"),
        ("/saved/refused", 403, PROBLEM, r#"{"type":"about:blank","title":"Forbidden","status":403}"#),
        ("/saved/headed", 200, "text/plain; charset=utf-8", "text"),
        ("/saved/conflict", 409, PROBLEM, r#"{"type":"about:blank","title":"Conflict","status":409}"#),
        ("/saved/teapot", 418, "text/plain; charset=utf-8", "short and stout"),
        ("/saved/split", 500, PROBLEM, r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#),
        ("/page", 206, JSON, r#"["a","b"]"#),
        ("/closed", 503, PROBLEM, r#"{"type":"about:blank","title":"Service Unavailable","status":503}"#),
    ] {
        let answer = ask(target).await;
        let got = (answer.status().as_u16(), answer.header("content-type"), answer.text().expect("text"));
        assert_eq!(got, (status, content_type, text), "{target}");
    }
    let unchanged = ask("/saved/unchanged").await;
    assert_eq!((unchanged.status().as_u16(), unchanged.text().expect("text")), (204, ""));
}

#[tokio::test]
async fn fields_are_header_fields() {
    let created = ask("/saved/created").await;
    assert_eq!((created.header("location"), created.header("x-count")), ("/items/7", "3"));
    assert!(!ask("/saved/uncounted").await.headers().contains_key("x-count"), "`None` is left out");
    assert_eq!(ask("/saved/headed").await.header("x-token"), "secret");
    assert_eq!(ask("/saved/counted").await.header("x-count"), "0");
    assert_eq!(ask("/page").await.header("x-total"), "9");
    assert!(!ask("/saved/split").await.headers().contains_key("set-cookie"), "text never begins another field");
}

#[test]
fn a_description_knows_what_is_declared() {
    use squall::contract::{ProblemRecord, Problems};

    #[derive(Problem)]
    #[expect(dead_code, reason = "only described")]
    enum Inner {
        #[problem(status = 404, detail = "no {id}")]
        Missing {
            id: u8,
        },
        Undeclared,
        #[problem(status = 409, title = "Taken")]
        Taken,
    }

    #[derive(Problem)]
    #[expect(dead_code, reason = "only described")]
    enum Outer {
        #[problem(transparent)]
        Shop(Inner),
        #[problem(transparent)]
        Faults(Faults),
        #[problem(status = 418, type = "tag:a,2026:b", title = "Tea")]
        Teapot,
    }

    let [ProblemRecord::Of(shop), ProblemRecord::Of([]), teapot] = Outer::PROBLEMS else {
        panic!("{:?}", Outer::PROBLEMS);
    };
    assert_eq!(*teapot, ProblemRecord::Declared { status: 418, kind: Some("tag:a,2026:b"), title: Some("Tea") });
    let taken = ProblemRecord::Declared { status: 409, kind: None, title: Some("Taken") };
    assert_eq!(shop, &[ProblemRecord::Declared { status: 404, kind: None, title: None }, taken]);
}
