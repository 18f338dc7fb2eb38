use squall::{IntoResponse, Problem};

/// Behind an error.
#[derive(Debug)]
struct Cause;

#[derive(Debug, Problem)]
pub(crate) enum Mixed {
    #[problem(status = 404)]
    Unit,
    #[problem(status = 400, detail = "{0}, {1:?}, {0:>4} and {{braces}}")]
    Tuple(u8, Option<char>),
    #[problem(
        status = 422,
        type = "tag:shop.example,2026:amount",
        title = "Too many",
        detail = "{match} {self_}",
    )]
    Named {
        #[problem(member)]
        r#match: u8,
        #[problem(member = "self", header = "x-self")]
        self_: String,
        #[problem(source)]
        cause: Cause,
        other: Vec<fn()>,
    },
    #[problem(status = 599)]
    Last(#[problem(detail, member = "why", header = "X-Why")] &'static str),
    #[problem(transparent)]
    Inner(Inner),
    #[problem(transparent)]
    Result { result: Result<squall::Json<u8>, squall::StatusCode> },
    Undeclared(#[problem(from)] std::io::Error),
    #[deprecated]
    #[problem(status = 410)]
    Old,
}

#[derive(Debug, Problem)]
#[problem(transparent)]
struct Inner(squall::Faults);

/// Nothing is known of its values.
#[derive(Problem)]
struct Opaque(#[problem(source)] std::cell::Cell<*const u8>);

#[derive(Problem)]
struct Unit;

fn io() -> Result<(), Mixed> {
    Err(std::io::Error::other("disk"))?;
    Ok(())
}

fn main() {
    let named = Mixed::Named { r#match: 1, self_: "x".to_owned(), cause: Cause, other: vec![] };
    for (error, status) in [
        (Mixed::Unit, 404),
        (Mixed::Tuple(1, None), 400),
        (named, 422),
        (Mixed::Last("end"), 599),
        (Mixed::Inner(Inner(squall::Faults::default())), 400),
        (Mixed::Result { result: Ok(squall::Json(1)) }, 200),
        (io().unwrap_err(), 500),
    ] {
        assert_eq!(error.into_response().status(), status);
    }
    assert_eq!(Opaque(std::cell::Cell::new(std::ptr::null())).into_response().status(), 500);
    assert_eq!(Unit.into_response().status(), 500);
}
