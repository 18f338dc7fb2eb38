//! HTML forms in, and out for clients.

use std::fmt;

use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::extract::encoding::{BodyRejection, bytes_of};
use crate::extract::fields::{FieldFault, read_fields};
use crate::extract::media::{Media, Odd};
use crate::extract::{FromRequest, has_body};
use crate::request::Request;
use crate::response::{Faults, IntoResponse, Response, failed, faulty, rejected};

const FORM: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// The fields of an HTML form, `application/x-www-form-urlencoded`, as one serde struct; a repeated name is a list.
///
/// It reads the body and nothing else, whatever the method: for the query there is [`Query`](crate::Query). Another
/// content type or charset is 415. A field that is missing or cannot be read is 400 and named. Nested structs are left
/// out on purpose: a form has names and values. An unticked box is not sent, so a `bool` takes `#[serde(default)]`.
///
/// As the body of a test's request it writes the fields.
///
/// ```standalone_crate
/// use squall::{Application, Form, post, testing::TestClient};
///
/// #[derive(serde::Deserialize, serde::Serialize)]
/// struct Order {
///     name: String,
///     #[serde(default)]
///     size: Vec<u8>,
/// }
///
/// #[post("/orders")]
/// async fn order(Form(order): Form<Order>) -> String {
///     format!("{} {:?}", order.name, order.size)
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let wanted = Order { name: "Ann & Bo".into(), size: vec![1, 2] };
/// assert_eq!(client.post("/orders").body(Form(wanted)).await?.text()?, "Ann & Bo [1, 2]");
/// # Ok(()) }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Form<T>(pub T);

/// Why a body is not the form that was asked for.
#[derive(Debug)]
pub enum FormRejection {
    /// The content type is another, or missing while there is a body (415).
    ContentType,
    /// There is neither a content type nor a body (400).
    Empty,
    /// The body could not be read (400), is too large (413), or is encoded in an unknown way (415).
    Body(BodyRejection),
    /// A field is missing or cannot be read (400).
    Field {
        /// Its name; empty where it is not known.
        name: String,
        /// What is wrong with it.
        detail: String,
    },
}

impl fmt::Display for FormRejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType => f.write_str("the body has to be `application/x-www-form-urlencoded` in UTF-8"),
            Self::Empty => f.write_str("the body is missing: a form is expected"),
            Self::Body(rejection) => rejection.fmt(f),
            Self::Field { name, detail } if name.is_empty() => write!(f, "the form: {detail}"),
            Self::Field { name, detail } => write!(f, "form field `{name}`: {detail}"),
        }
    }
}

impl std::error::Error for FormRejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Body(rejection) => rejection.source(),
            _ => None,
        }
    }
}

impl From<FieldFault> for FormRejection {
    fn from(fault: FieldFault) -> Self {
        Self::Field { name: fault.name, detail: fault.detail.into_owned() }
    }
}

impl IntoResponse for FormRejection {
    fn into_response(self) -> Response {
        let mut faults = Faults::default();
        match &self {
            Self::Body(rejection) => {
                let told = rejection.told();
                return told.answer(self);
            }
            Self::ContentType => {
                let detail = self.to_string();
                return rejected(self, StatusCode::UNSUPPORTED_MEDIA_TYPE, &detail);
            }
            Self::Empty => faults.body_unreadable("", "is missing: a form is expected"),
            Self::Field { name, detail } => {
                faults.field(StatusCode::BAD_REQUEST, name.clone(), detail.clone().into());
            }
        }
        faulty(self, faults)
    }
}

impl<T: DeserializeOwned + Send + 'static> FromRequest for Form<T> {
    type Rejection = FormRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, FormRejection> {
        match Media::of(request.headers()) {
            Ok(Some(media)) if media.is_form() && media.is_utf8() => {}
            Ok(_) | Err(Odd) => {
                let sent = has_body(request).await.map_err(|error| FormRejection::Body(error.into()))?;
                return Err(if sent { FormRejection::ContentType } else { FormRejection::Empty });
            }
        }
        let bytes = bytes_of(request).await.map_err(FormRejection::Body)?;
        Ok(Self(read_fields(&bytes)?))
    }

    fn is_absent(rejection: &FormRejection) -> bool {
        matches!(rejection, FormRejection::Empty)
    }
}

impl<T: Serialize> IntoResponse for Form<T> {
    fn into_response(self) -> Response {
        let text = match serde_html_form::to_string(&self.0) {
            Ok(text) => text,
            Err(error) => {
                return failed("a value cannot be written as a form", error);
            }
        };
        let mut response = Response::new(text.into());
        response.headers_mut().insert(CONTENT_TYPE, FORM);
        response
    }
}
