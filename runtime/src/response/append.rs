//! Header fields that are added to those of one name, not put in their place.

use http::HeaderMap;
use http::header::{HeaderName, HeaderValue};

use crate::response::IntoHeaders;

/// Header fields beside a result that leave fields of their name standing.
///
/// An array alone replaces them: see [`IntoHeaders`].
///
/// ```
/// use squall::{AppendHeaders, IntoResponse};
///
/// let links = AppendHeaders([("link", "</a>; rel=prev"), ("link", "</c>; rel=next")]);
/// let response = (links, "b").into_response();
/// assert_eq!(response.headers().get_all("link").iter().count(), 2);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct AppendHeaders<K, V, const N: usize>(pub [(K, V); N]);

impl<K, V, const N: usize> IntoHeaders for AppendHeaders<K, V, N>
where
    K: TryInto<HeaderName>,
    K::Error: Into<http::Error>,
    V: TryInto<HeaderValue>,
    V::Error: Into<http::Error>,
{
    fn add_to(self, headers: &mut HeaderMap) -> Result<(), http::Error> {
        for (name, value) in self.0 {
            headers.append(name.try_into().map_err(Into::into)?, value.try_into().map_err(Into::into)?);
        }
        Ok(())
    }
}
