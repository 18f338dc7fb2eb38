//! What the error page of an application is made of.

use std::fmt;

use http::{HeaderMap, Method, StatusCode, Uri, header};

use crate::request::RequestId;
use crate::response::problem::render::prefers_page;
use crate::response::problem::{Raised, rendered};
use crate::response::{Faults, IntoResponse, Problem, Response, with_line};

/// A request that failed, as the hook of `Application::on_error` meets it: an error that a handler returned, a rejection
/// of an extractor, a path that nobody serves.
///
/// As a response it is what is sent without a hook: the problem, in the form that the client asks for.
///
/// ```
/// use squall::{Failure, Html, IntoResponse, Response};
///
/// async fn page(failure: Failure) -> Response {
///     if failure.status() == 404 {
///         return (failure.status(), Html("<h1>Nothing here</h1>")).into_response();
///     }
///     failure.into_response()
/// }
/// ```
pub struct Failure {
    raised: Raised,
    response: Response,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    id: RequestId,
    tells_cause: bool,
}

impl Failure {
    /// The failure, the answer as it stands, and the head of the request.
    pub(crate) fn new(
        raised: Raised,
        response: Response,
        method: Method,
        uri: Uri,
        headers: HeaderMap,
        id: RequestId,
    ) -> Self {
        Self { raised, response, method, uri, headers, id, tells_cause: false }
    }

    /// The default answer tells what is behind the failure, as in development.
    #[cfg(test)]
    pub(crate) fn telling_cause(mut self, tells: bool) -> Self {
        self.tells_cause = tells;
        self
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// What is told to the client; its [`source`](std::error::Error::source) is what is not.
    pub fn problem(&self) -> &Problem {
        self.raised.problem()
    }

    /// What is wrong with the inputs, where that is the failure.
    pub fn faults(&self) -> Option<&Faults> {
        self.problem().faults()
    }

    /// The error or the rejection itself, where it is an `E`. Faults of several inputs are one [`Faults`], and no
    /// rejection any more.
    pub fn downcast_ref<E: 'static>(&self) -> Option<&E> {
        self.raised.downcast_ref()
    }

    /// Whether the error or the rejection is an `E`.
    pub fn is<E: 'static>(&self) -> bool {
        self.downcast_ref::<E>().is_some()
    }

    /// The number of the request, as the log and `x-request-id` have it.
    pub fn request_id(&self) -> RequestId {
        self.id
    }

    /// The method of the request.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The target of the request.
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The header fields of the request.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Whether `Accept` asks for a page before JSON and plain text, as browsers do: those who get the hook's own page, while
    /// programs get the problem.
    pub fn prefers_html(&self) -> bool {
        prefers_page(self.headers.get(header::ACCEPT))
    }

    /// What is sent without a hook: the problem, in the form that the client asks for, with the header fields that the
    /// answer has.
    pub fn response(self) -> Response {
        let lines = self.headers.get_all(header::ACCEPT).into_iter();
        let accept = lines.fold(None, |field, line| Some(with_line(field, line)));
        rendered(self.response, accept.as_ref(), self.id, self.tells_cause)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.response()
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { raised, method, uri, id, .. } = self;
        let mut debug = f.debug_struct("Failure");
        debug.field("problem", raised.problem()).field("method", method).field("uri", uri).field("id", id);
        debug.finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;
    use crate::error::Error;
    use crate::response::{Place, failed, faulty, rejected};

    #[derive(Debug, PartialEq)]
    struct Rejection(u8);

    fn failing(response: Response, accept: &'static str) -> Failure {
        let raised = response.extensions().get::<Raised>().expect("a failure").clone();
        let headers = HeaderMap::from_iter([(header::ACCEPT, HeaderValue::from_static(accept))]);
        Failure::new(raised, response, Method::GET, Uri::from_static("/a?b"), headers, RequestId::next())
    }

    fn faults() -> Faults {
        let mut faults = Faults::default();
        faults.broken(Place::Query, "limit", "must be at most 3");
        faults
    }

    #[test]
    fn the_typed_value_is_there() {
        let kept = failing(rejected(Rejection(1), StatusCode::UNSUPPORTED_MEDIA_TYPE, "write JSON"), "");
        assert_eq!((kept.status().as_u16(), kept.problem().detail_text()), (415, Some("write JSON")));
        assert_eq!(kept.downcast_ref(), Some(&Rejection(1)));
        assert!(kept.is::<Rejection>() && kept.is::<Problem>() && !kept.is::<Error>() && kept.faults().is_none());

        let kept = failing(faulty(Rejection(2), faults()), "");
        assert_eq!((kept.faults(), kept.downcast_ref()), (Some(&faults()), Some(&Rejection(2))));
        assert_eq!(kept.downcast_ref(), Some(&faults()));

        let kept = failing(Error::too_large(3).into_response(), "");
        assert!(kept.downcast_ref::<Error>().is_some_and(Error::is_too_large));
        assert_eq!(failing(StatusCode::CONFLICT.into_response(), "").status(), 409);
        assert!(!failing(failed("it", "broke"), "").is::<Error>());
    }

    #[test]
    fn the_default_answer_is_in_the_form_that_is_asked_for() {
        let response = || ([("set-cookie", "a=b")], Error::link("secret")).into_response();
        let failure = failing(response(), "text/html");
        let (id, uri) = (failure.request_id().to_string(), failure.uri().clone());
        assert_eq!((failure.method(), uri.to_string().as_str()), (&Method::GET, "/a?b"));
        let answer = failure.into_response();
        for (name, want) in [
            ("content-type", "text/html; charset=utf-8"),
            ("set-cookie", "a=b"),
            ("vary", "accept"),
            ("x-content-type-options", "nosniff"),
            ("x-request-id", id.as_str()),
        ] {
            assert_eq!(answer.headers()[name], want);
        }
        assert_eq!(failing(response(), "text/*;q=x").response().headers()["content-type"], "application/problem+json");
    }

    #[test]
    fn a_page_is_for_those_who_ask_for_one() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (accept, want) in [
            (browser, true),
            ("text/html", true),
            ("", false),
            ("*/*", false),
            ("text/plain, text/html;q=0.5", false),
            ("application/json, text/html;q=0.9", false),
            ("text/html;q=0", false),
        ] {
            assert_eq!(failing(StatusCode::NOT_FOUND.into_response(), accept).prefers_html(), want, "{accept}");
        }
    }

    #[tokio::test]
    async fn a_cause_is_told_only_where_it_may_be() {
        for accept in ["", "text/html", "text/plain"] {
            for tells in [false, true] {
                let response = failed("a redirect leads nowhere", Error::link("<secret>"));
                let answer = failing(response, accept).telling_cause(tells).response();
                let body = answer.into_body().collect(10_000).await.expect("a body");
                let text = String::from_utf8(body.into()).expect("text");
                assert_eq!(text.contains("nowhere") && text.contains("secret"), tells, "{text}");
                assert!(accept != "text/html" || !text.contains("<secret"), "{text}");
            }
        }
    }

    #[test]
    fn several_lines_of_accept_are_one_list() {
        for lines in [["image/png", "text/html"], ["text/html", "image/png"]] {
            let mut failure = failing(StatusCode::NOT_FOUND.into_response(), lines[0]);
            failure.headers.append(header::ACCEPT, HeaderValue::from_static(lines[1]));
            assert_eq!(failure.response().headers()["content-type"], "text/html; charset=utf-8");
        }
    }

    #[test]
    fn an_answer_of_ones_own_stays_as_it_is() {
        let answer = failing(StatusCode::NOT_FOUND.into_response(), "text/html").response();
        let again = rendered(answer, Some(&HeaderValue::from_static("text/plain")), RequestId::next(), false);
        assert_eq!(again.headers()["content-type"], "text/html; charset=utf-8");
        assert_eq!(again.headers().get_all("x-request-id").iter().count(), 1);
    }
}
