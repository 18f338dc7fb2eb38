//! Forms with parts: `multipart/form-data` (RFC 7578), as browsers send files.

mod fields;
mod file_name;
mod form;
mod parameters;
mod part;
mod rejection;
mod source;
mod spool;
mod upload;

use http::HeaderMap;
use http::header::CONTENT_TYPE;

use crate::extract::FromRequest;
use crate::request::Request;

pub use fields::{FromPart, PartInput, PartSlot};
pub use fields::{TakePart, begin_form, strange_part, taken_part};
pub use form::MultipartForm;
use parameters::Parameters;
pub use part::Part;
pub use rejection::MultipartRejection;
use source::{Slices, Source};
pub use spool::UploadDirectory;
pub use upload::UploadedFile;

/// How many parts a form may have where nothing is said.
const PARTS: usize = 128;

/// How many bytes the header fields of one part may have.
const HEAD: usize = 16 * 1024;

/// The longest boundary (RFC 2046 section 5.1.1).
const BOUNDARY: usize = 70;

/// A form with parts, read as it arrives: part by part, and each part piece by piece.
///
/// For a form whose fields are known derive [`FromMultipart`](derive@crate::FromMultipart) instead. What is taken of a
/// form is never further ahead of the handler than one piece, so a form of any size needs little memory.
///
/// ```standalone_crate
/// use squall::{Application, Multipart, MultipartForm, MultipartRejection, post, testing::TestClient};
///
/// #[post("/measure", body = "1GiB")]
/// async fn measure(mut form: Multipart) -> Result<String, MultipartRejection> {
///     let mut answer = String::new();
///     while let Some(mut part) = form.next().await? {
///         let mut arrived = 0;
///         while let Some(piece) = part.chunk().await? {
///             arrived += piece.len(); // show how far it is
///         }
///         answer.push_str(&format!("{}: {arrived}\n", part.name()));
///     }
///     Ok(answer)
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let form = MultipartForm::new().text("title", "Cat").file("photo", "cat.png", "image/png", [1; 3000]);
/// assert_eq!(client.post(measure {}).body(form).await?.text()?, "title: 3\nphoto: 3000\n");
/// # Ok(()) }
/// ```
///
/// # Limits
/// | what | default | beyond it |
/// |---|---|---|
/// | the whole body | the handler's, 2 MiB, `#[post(body = "20MiB")]` | 413, unread when Content-Length says so |
/// | parts | 128, [`Multipart::max_parts`] | 413 |
/// | header fields of a part | 16 KiB and 32 fields | 413; 400 |
/// | one part | none, [`Part::limit`] | 413 |
pub struct Multipart {
    parser: multer::Multipart<'static>,
    source: Source,
    /// The part that is being read.
    field: Option<multer::Field<'static>>,
    directory: UploadDirectory,
    parts: usize,
    max_parts: usize,
    slack: usize,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    Ended,
    Broken,
}

impl Multipart {
    /// Allows so many parts, instead of 128.
    ///
    /// ```
    /// use squall::Multipart;
    /// fn survey(form: Multipart) -> Multipart { form.max_parts(1000) }
    /// ```
    pub fn max_parts(mut self, parts: usize) -> Self {
        self.max_parts = parts;
        self
    }

    /// The next part; what was left of the one before is read and dropped. `None` at the end of the form.
    ///
    /// # Errors
    /// Whatever is wrong with the form or the connection. The form cannot be read on then: every later call is an
    /// error, too.
    ///
    /// # Cancel safety
    /// Cancel safe: the part is there at the next call.
    pub async fn next(&mut self) -> Result<Option<Part<'_>>, MultipartRejection> {
        loop {
            match self.piece().await {
                Ok(Some(_)) => {}
                Ok(None) => break,
                Err(rejection) => return Err(rejection),
            }
        }
        match self.state {
            State::Open => {}
            State::Ended => return Ok(None),
            State::Broken => return Err(MultipartRejection::Malformed("it was broken before")),
        }
        let head = self.head().await;
        match head {
            Ok(Some((name, file_name, headers))) => Ok(Some(Part::new(self, name, file_name, headers))),
            Ok(None) => Ok(None),
            Err(rejection) => {
                self.state = State::Broken;
                Err(rejection)
            }
        }
    }

    /// The next piece of the part that is being read.
    async fn piece(&mut self) -> Result<Option<bytes::Bytes>, MultipartRejection> {
        loop {
            let Some(field) = &mut self.field else { return Ok(None) };
            let source = &self.source;
            let piece = std::future::poll_fn(|cx| {
                source.drive(|| futures_core::Stream::poll_next(std::pin::Pin::new(&mut *field), cx))
            });
            match piece.await {
                Some(Ok(piece)) if piece.is_empty() => {}
                Some(Ok(piece)) => return Ok(Some(piece)),
                None => self.field = None,
                Some(Err(error)) => {
                    self.field = None;
                    self.state = State::Broken;
                    return Err(error.into());
                }
            }
        }
    }

    async fn head(&mut self) -> Result<Option<(String, Option<String>, HeaderMap)>, MultipartRejection> {
        let (source, parser) = (&self.source, &mut self.parser);
        source.begin_head(HEAD, self.slack);
        let field = std::future::poll_fn(|cx| source.drive(|| parser.poll_next_field(cx))).await?;
        source.begin_data();
        let Some(field) = field else {
            self.state = State::Ended;
            std::future::poll_fn(|cx| source.poll_end(cx)).await?;
            return Ok(None);
        };
        if self.parts == self.max_parts {
            return Err(MultipartRejection::TooManyParts { limit: self.max_parts });
        }
        self.parts += 1;
        let headers = field.headers().clone();
        let size: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        if size > HEAD {
            return Err(MultipartRejection::HeadTooLarge { limit: HEAD });
        }
        let (name, file_name) = part::named(&headers)?;
        self.field = Some(field);
        Ok(Some((name, file_name, headers)))
    }
}

impl FromRequest for Multipart {
    type Rejection = MultipartRejection;
    const READS_BODY: bool = true;

    async fn from_request(request: &mut Request) -> Result<Self, MultipartRejection> {
        let boundary = boundary(request)?;
        let limit = request.body_limit();
        let source = Source::new(request.take_body(), limit)?;
        let directory = request.state::<UploadDirectory>().map(|directory| (*directory).clone()).unwrap_or_default();
        // The boundary with its dashes, the ends of the lines and the empty line.
        let slack = boundary.len() + 16;
        let parser = multer::Multipart::new(Slices(source.clone()), boundary);
        let (field, parts, state) = (None, 0, State::Open);
        Ok(Self { parser, source, field, directory, parts, max_parts: PARTS, slack, state })
    }

    fn is_absent(rejection: &MultipartRejection) -> bool {
        matches!(rejection, MultipartRejection::Empty)
    }
}

/// The boundary that the content type names.
fn boundary(request: &mut Request) -> Result<String, MultipartRejection> {
    const TYPE: &str = "multipart/form-data";
    let mut lines = request.headers().get_all(CONTENT_TYPE).into_iter();
    let (value, another) = (lines.next(), lines.next());
    let Some(value) = value else {
        return Err(if request.take_body().is_empty() {
            MultipartRejection::Empty
        } else {
            MultipartRejection::ContentType
        });
    };
    // Two lines are two opinions, of which another reader may take the other.
    if another.is_some() {
        return Err(MultipartRejection::ContentType);
    }
    let text = value.to_str().map_err(|_| MultipartRejection::ContentType)?;
    if !text.trim_start().get(..TYPE.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(TYPE)) {
        return Err(MultipartRejection::ContentType);
    }
    let mut parameters = Parameters::read(text)?;
    if parameters.value.len() != TYPE.len() {
        return Err(MultipartRejection::Malformed("the content type only begins like `multipart/form-data`"));
    }
    match parameters.take("boundary") {
        None => Err(MultipartRejection::Malformed("the content type names no boundary")),
        Some(boundary) if is_boundary(&boundary) => Ok(boundary.into_owned()),
        Some(_) => Err(MultipartRejection::Malformed("the boundary has to be 1 to 70 visible characters")),
    }
}

/// RFC 2046 section 5.1.1, with every visible character, as senders use more than it lists.
fn is_boundary(text: &str) -> bool {
    (1..=BOUNDARY).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ')
        && !text.ends_with(' ')
}

impl std::fmt::Debug for Multipart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Multipart").field("parts", &self.parts).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
