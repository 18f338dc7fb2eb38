//! Where redirects lead: text from a stranger never leads off the site, and a client that follows comes to an end.

use squall::http::HeaderValue;
use squall::{IntoResponse as _, Redirect, Response, StatusCode, handler};

use crate::{ask, client, wait};

/// Redirects as a header field says, without a check.
#[handler("/go", register = false)]
pub(crate) struct Go {
    #[header]
    x_to: String,
}

#[handler]
impl Go {
    #[get]
    fn go(self) -> Response {
        let mut response = StatusCode::FOUND.into_response();
        let to = HeaderValue::try_from(self.x_to).expect("it came in a header field");
        response.headers_mut().insert("location", to);
        response
    }
}

/// Redirects to where a form came from, as many programs do.
#[handler("/back", register = false)]
pub(crate) struct Back {
    #[query]
    next: String,
}

#[handler]
impl Back {
    #[get]
    fn back(self) -> Redirect {
        Redirect::to(self.next)
    }
}

pub(crate) fn redirect(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(error) = wait(async { client().get("/go").header("x-to", text).follow_redirects().await }) {
        assert!(error.is_answer() || error.is_link(), "{text:?}: {error}");
    }
    let next: String = bytes.iter().map(|byte| format!("%{byte:02X}")).collect();
    let Some(reply) = ask("GET", format!("/back?next={next}"), &[], b"") else { return };
    if let Some(location) = reply.headers.get("location") {
        let location = location.to_str().expect("a location is ASCII");
        let local = location.starts_with('/') && !location[1..].starts_with(['/', '\\']);
        assert!(local, "{text:?} leads to {location:?}");
        assert!(!location.contains(|c: char| c.is_ascii_control()), "{location:?}");
    } else {
        assert!(reply.status.is_server_error() || reply.status.is_client_error(), "{} for {text:?}", reply.status);
    }
}
