#![deny(warnings)]

use squall::{Problem, get, scope};

#[cfg(any())]
#[scope("/gone")]
struct Above {
    #[query]
    page: Gone,
}

#[scope("/gone")]
#[cfg(any())]
struct Below {
    #[query]
    page: Gone,
}

#[scope]
#[cfg(any())]
impl Below {
    #[prepare]
    async fn known(&self) {}
}

#[cfg_attr(all(), scope("/there"))]
struct There;

#[scope]
#[cfg(all())]
impl There {
    #[cfg(all())]
    #[prepare]
    async fn known(&self) -> Result<u8, Unknown> {
        Ok(1)
    }

    #[prepare]
    #[cfg(any())]
    async fn known(&self) -> Result<Gone, Gone> {}

    #[cfg(any())]
    #[finish]
    async fn over(&self, _: &Gone, _: Gone) {}
}

/// Only hooks that are not there.
#[scope("/empty", in = There)]
struct Empty {}

#[scope]
impl Empty {
    #[cfg(any())]
    #[prepare]
    async fn known(&self) -> Gone {}
}

#[derive(Problem)]
enum Unknown {
    #[cfg(all())]
    #[cfg_attr(all(), problem(status = 404, detail = "{0}"))]
    There(u8, #[cfg(any())] Gone),
    #[cfg(any())]
    #[problem(status = 404, detail = "{0}")]
    Gone(Gone),
    #[problem(status = 410)]
    Old,
}

#[get("/number", in = Empty)]
async fn number(number: squall::Extension<u8>) -> String {
    number.0.to_string()
}

fn main() {
    use squall::IntoResponse as _;

    assert_eq!(number {}.url(), "/there/empty/number");
    assert_eq!(Unknown::There(1).into_response().status(), 404);
    assert_eq!(Unknown::Old.into_response().status(), 410);
}
