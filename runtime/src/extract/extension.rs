//! Values that a `#[prepare]` or a middleware left with the request.

use std::any::type_name;

use crate::extract::{FromRequest, Needs};
use crate::request::Request;
use crate::response::{IntoResponse, Response, missing};

/// A value that travels with the request: what a `#[prepare]` of the handler or of a scope around it returned, or what a
/// middleware added.
///
/// Whether a `#[prepare]` returns it is checked at launch. A value that a middleware or a layer adds is announced by
/// [`Application::provides`](crate::Application::provides).
///
/// ```standalone_crate
/// use squall::{Application, Extension, StatusCode, handler, testing::TestClient};
///
/// #[derive(Clone)]
/// struct Tenant(String);
///
/// #[handler("/")]
/// struct Home {
///     #[header]
///     x_tenant: String,
/// }
///
/// #[handler]
/// impl Home {
///     #[prepare]
///     async fn tenant(&self) -> Result<Tenant, StatusCode> {
///         if self.x_tenant == "acme" { Ok(Tenant(self.x_tenant.clone())) } else { Err(StatusCode::FORBIDDEN) }
///     }
///
///     #[get]
///     async fn show(&self, Extension(tenant): Extension<Tenant>) -> String { tenant.0 }
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// assert_eq!(client.get(Home { x_tenant: "acme".into() }).await?.text()?, "acme");
/// assert_eq!(client.get(Home { x_tenant: "other".into() }).await?.status(), 403);
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extension<T>(pub T);

/// Nobody left the value: 500, as the program and not the client has a fault.
#[derive(Clone, Copy, Debug)]
pub struct MissingExtension(pub &'static str);

impl IntoResponse for MissingExtension {
    fn into_response(self) -> Response {
        missing(self, self.to_string())
    }
}

impl<T: Clone + Send + Sync + 'static> FromRequest for Extension<T> {
    type Rejection = MissingExtension;

    fn needs(needs: &mut Needs) {
        needs.extension::<T>();
    }

    async fn from_request(request: &mut Request) -> Result<Self, MissingExtension> {
        request.extensions().get::<T>().cloned().map(Self).ok_or(MissingExtension(type_name::<T>()))
    }
}
