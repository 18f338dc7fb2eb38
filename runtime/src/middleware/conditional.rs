//! Conditional requests for every answer.

use crate::middleware::Next;
use crate::request::Request;
use crate::response::{Conditions, IntoResponse as _, Response};

/// A middleware by which answers have validators, and requests are judged by them (RFC 9110 section 13): a client that has the
/// current version gets 304 without a body, one whose precondition fails 412, and a [`File`](crate::File) has ranges.
///
/// A whole body gets an `ETag` of its content where the handler gives none. A failed precondition is noticed when the handler
/// has run: for a change, take [`Conditions`] as an argument and judge before.
///
/// ```standalone_crate
/// use squall::{Application, get, middleware::conditional, testing::TestClient};
///
/// #[get("/")]
/// async fn index() -> &'static str { "the same as ever" }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new().middleware(conditional));
/// let tag = client.get(index {}).await?.header("etag").to_owned();
/// let again = client.get(index {}).header("if-none-match", &tag).await?;
/// assert_eq!((again.status().as_u16(), again.bytes().len()), (304, 0));
/// # Ok(()) }
/// ```
pub async fn conditional(request: Request, next: Next) -> Response {
    let conditions = Conditions::of(request.method(), request.headers());
    conditions.answer(next.run(request).await).into_response()
}
