//! Something new, and where it is.

use http::StatusCode;
use http::header::LOCATION;

use crate::response::{IntoResponse, IntoTarget, LinkTarget, Redirect, Response, set_status};

/// 201 with the address of what was made (RFC 9110 section 15.3.2), and a result that tells of it.
///
/// The address is a handler struct, or a path of this site; the prefix of a mount is put before a handler's path. What
/// leads to another site is answered with 500, as with [`Redirect::to`](crate::Redirect::to).
///
/// ```standalone_crate
/// use squall::{Application, Created, Json, get, handler, post, testing::TestClient};
///
/// #[handler("/items/{id}")]
/// struct Item {
///     id: u64,
/// }
///
/// #[handler]
/// impl Item {
///     #[get]
///     async fn show(&self) -> Json<u64> {
///         Json(self.id)
///     }
/// }
///
/// #[post("/items")]
/// async fn add() -> Created<Json<u64>> {
///     Created::at(Item::at(7), Json(7))
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let answer = TestClient::new(Application::new()).post(add {}).await?;
/// assert_eq!((answer.status().as_u16(), answer.header("location")), (201, "/items/7"));
/// assert_eq!(answer.json()?, 7);
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct Created<T> {
    location: Redirect,
    value: T,
}

impl<T> Created<T> {
    /// What was made stands there, and `value` is the answer's body.
    pub fn at(target: impl IntoTarget, value: T) -> Self {
        Self { location: target.into_redirect(StatusCode::CREATED), value }
    }
}

impl<T: IntoResponse> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut located = self.location.into_response();
        let Some(location) = located.headers_mut().remove(LOCATION) else {
            // It leads nowhere, which is a failure that has been logged.
            return located;
        };
        let mut response = self.value.into_response();
        set_status(&mut response, StatusCode::CREATED);
        if response.status() != StatusCode::CREATED {
            // A value that could not be written, or a failure: nothing is told of an address.
            return response;
        }
        response.headers_mut().insert(LOCATION, location);
        if let Some(link) = located.extensions_mut().remove::<LinkTarget>() {
            response.extensions_mut().insert(link);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::failed;

    #[test]
    fn a_failure_names_no_address() {
        let response = Created::at("/items/7", failed("a result cannot be written", "why")).into_response();
        assert_eq!(response.status(), 500);
        assert!(!response.headers().contains_key(LOCATION));

        let refused: Result<(), _> = Err(StatusCode::CONFLICT);
        let response = Created::at("/items/7", refused).into_response();
        assert_eq!((response.status().as_u16(), response.headers().get(LOCATION)), (409, None));
    }
}
