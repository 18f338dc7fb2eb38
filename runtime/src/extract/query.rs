//! The whole query as an argument.

use std::fmt;

use serde::de::DeserializeOwned;

use crate::extract::FromRequest;
use crate::extract::fields::{FieldFault, read_fields};
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Place, Response, faulty};

/// The whole query string as one serde struct; a repeated name is a list.
///
/// A field that is missing or cannot be read is 400 and named. Nested structs are left out on purpose: a query has names
/// and values, and what `a[b]=c` means is a convention of each framework. For a parameter of its own, write `#[query]`
/// on a field or an argument; for a query that is part of the link, `#[query(flatten)]`.
///
/// ```standalone_crate
/// use squall::{Application, Query, get, testing::TestClient};
///
/// #[derive(serde::Deserialize)]
/// struct Search {
///     q: String,
///     #[serde(default)]
///     tag: Vec<String>,
/// }
///
/// #[get("/search")]
/// async fn search(Query(search): Query<Search>) -> String {
///     format!("{} {:?}", search.q, search.tag)
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// assert_eq!(client.get("/search?q=rust&tag=a&tag=b").await?.text()?, r#"rust ["a", "b"]"#);
/// assert_eq!(client.get("/search").await?.status(), 400);
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Query<T>(pub T);

/// Why a query is not the struct that was asked for (400).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryRejection {
    fault: FieldFault,
    /// There is no query at all.
    absent: bool,
}

impl fmt::Display for QueryRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.fault.name.as_str() {
            "" => write!(f, "the query: {}", self.fault.detail),
            name => write!(f, "query parameter `{name}`: {}", self.fault.detail),
        }
    }
}

impl std::error::Error for QueryRejection {}

impl IntoResponse for QueryRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        faults.unreadable(Place::Query, self.fault.name.clone(), self.fault.detail.clone());
        faulty(self, faults)
    }
}

impl<T: DeserializeOwned + Send + 'static> FromRequest for Query<T> {
    type Rejection = QueryRejection;

    async fn from_request(request: &mut Request) -> Result<Self, QueryRejection> {
        let query = request.uri().query().unwrap_or_default();
        read_fields(query.as_bytes()).map(Self).map_err(|fault| QueryRejection { fault, absent: query.is_empty() })
    }

    fn is_absent(rejection: &QueryRejection) -> bool {
        rejection.absent
    }
}
