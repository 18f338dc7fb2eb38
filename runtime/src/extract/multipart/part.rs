//! One part of a form: what it is called, and its bytes.

use std::fmt;
use std::path::Path;

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::extract::multipart::file_name::sanitised;
use crate::extract::multipart::parameters::{Parameters, browser_decoded, extended};
use crate::extract::multipart::spool::NewFile;
use crate::extract::multipart::{Multipart, MultipartRejection, UploadDirectory};

/// One part of a form with parts. What is not read of it is passed over by [`Multipart::next`].
///
/// ```
/// use squall::{Multipart, MultipartRejection};
///
/// async fn titles(mut form: Multipart) -> Result<Vec<String>, MultipartRejection> {
///     let mut titles = Vec::new();
///     while let Some(part) = form.next().await? {
///         if part.name() == "title" {
///             titles.push(part.limit(1000).text().await?);
///         }
///     }
///     Ok(titles)
/// }
/// ```
#[derive(Debug)]
pub struct Part<'a> {
    form: &'a mut Multipart,
    name: String,
    raw_file_name: Option<String>,
    file_name: Option<String>,
    headers: HeaderMap,
    limit: u64,
    received: u64,
    seen: Seen<'a>,
}

/// Is told how many bytes have arrived. Borrowed, as a part with something to drop would keep the form until its scope ends.
#[derive(Default)]
struct Seen<'a>(Option<&'a mut (dyn FnMut(u64) + Send)>);

impl fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "told" } else { "not told" })
    }
}

impl<'a> Part<'a> {
    pub(super) fn new(form: &'a mut Multipart, name: String, raw: Option<String>, headers: HeaderMap) -> Self {
        let file_name = raw.as_deref().and_then(sanitised);
        Self { form, name, raw_file_name: raw, file_name, headers, limit: u64::MAX, received: 0, seen: Seen::default() }
    }

    /// The name of the field.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name of the file, such that it can be one on any system, as
    /// [`UploadedFile::file_name`](crate::UploadedFile::file_name) says. `None` where the part is no file, or nothing of its
    /// name is left.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The name of the file as it was sent, where the part is one. It may hold anything: never use it as a path.
    pub fn raw_file_name(&self) -> Option<&str> {
        self.raw_file_name.as_deref()
    }

    /// The content type as it was sent; nothing holds the sender to it.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The header fields. Of a name that stands there twice the last is kept.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Allows so many bytes of this part; more are 413. Without it only the limit of the whole body holds.
    pub fn limit(mut self, bytes: u64) -> Self {
        self.limit = self.limit.min(bytes);
        self
    }

    /// Tells `seen`, after each piece, how many bytes of the part have arrived, however it is read.
    ///
    /// ```
    /// use squall::{Multipart, MultipartRejection};
    /// use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
    ///
    /// async fn keep(mut form: Multipart, arrived: &AtomicU64) -> Result<(), MultipartRejection> {
    ///     while let Some(part) = form.next().await? {
    ///         part.on_progress(&mut |bytes| arrived.store(bytes, Relaxed)).save_to("/srv/upload").await?;
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn on_progress(mut self, seen: &'a mut (dyn FnMut(u64) + Send)) -> Self {
        self.seen = Seen(Some(seen));
        self
    }

    /// The next piece, as it arrived; `None` at the end of the part. A piece is never empty.
    ///
    /// # Cancel safety
    /// Cancel safe: a piece that has arrived is there at the next call.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, MultipartRejection> {
        let Some(piece) = self.form.piece().await? else { return Ok(None) };
        self.received += piece.len() as u64;
        if self.received > self.limit {
            return Err(MultipartRejection::PartTooLarge { name: self.name.clone(), limit: self.limit });
        }
        if let Some(seen) = &mut self.seen.0 {
            seen(self.received);
        }
        Ok(Some(piece))
    }

    /// The whole part.
    ///
    /// # Cancel safety
    /// Not cancel safe: what was read until then is lost.
    pub async fn bytes(mut self) -> Result<Bytes, MultipartRejection> {
        let Some(first) = self.chunk().await? else { return Ok(Bytes::new()) };
        let Some(second) = self.chunk().await? else { return Ok(first) };
        let mut bytes = BytesMut::from(first.as_ref());
        bytes.extend_from_slice(&second);
        while let Some(piece) = self.chunk().await? {
            bytes.extend_from_slice(&piece);
        }
        Ok(bytes.freeze())
    }

    /// The whole part as UTF-8 text (400 when it is none).
    ///
    /// # Cancel safety
    /// Not cancel safe: what was read until then is lost.
    pub async fn text(self) -> Result<String, MultipartRejection> {
        let bytes = self.bytes().await?;
        String::from_utf8(bytes.into()).map_err(|_| MultipartRejection::Malformed("a part is not UTF-8"))
    }

    /// Writes the part into a new file, piece by piece, and gives its length. A file that is there already is an error
    /// and left alone. On Unix only the owner may read the new one.
    ///
    /// # Cancel safety
    /// Not cancel safe: when it ends early, for whatever reason, what was written is removed.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, MultipartRejection> {
        let mut file = NewFile::create(path.as_ref().to_owned()).await.map_err(MultipartRejection::Storage)?;
        while let Some(piece) = self.chunk().await? {
            file.write(&piece).await.map_err(MultipartRejection::Storage)?;
        }
        file.keep().await.map_err(MultipartRejection::Storage)?;
        Ok(self.received)
    }

    pub(super) fn directory(&self) -> &UploadDirectory {
        &self.form.directory
    }

    /// Gives away what its file is called: as it was sent, and as it can be on a disk.
    pub(super) fn take_file_names(&mut self) -> (Option<String>, Option<String>) {
        (self.raw_file_name.take(), self.file_name.take())
    }
}

/// The names of a part: that of the field, and that of the file.
pub(super) fn named(headers: &HeaderMap) -> Result<(String, Option<String>), MultipartRejection> {
    let value = headers.get(CONTENT_DISPOSITION);
    let value = value.ok_or(MultipartRejection::Malformed("a part has no Content-Disposition"))?;
    let text = std::str::from_utf8(value.as_bytes());
    let text = text.map_err(|_| MultipartRejection::Malformed("the name of a part is not UTF-8"))?;
    let mut parameters = Parameters::read(text)?;
    if !parameters.value.eq_ignore_ascii_case("form-data") {
        return Err(MultipartRejection::Malformed("the Content-Disposition of a part is not `form-data`"));
    }
    let name = parameters.take("name").ok_or(MultipartRejection::Malformed("a part has no name"))?;
    let plain = parameters.take("filename").map(browser_decoded);
    let file_name = match parameters.take("filename*") {
        None => plain,
        Some(text) => match extended(&text).or(plain) {
            None => return Err(MultipartRejection::Malformed("the name of a file cannot be read")),
            name => name,
        },
    };
    Ok((browser_decoded(name), file_name))
}
