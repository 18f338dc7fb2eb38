//! An uploaded file: in memory while it is small, in a temporary file beyond that.

use std::io::Cursor;
use std::path::Path;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt as _};

use crate::error::{Error, Result};
use crate::extract::multipart::spool::{NewFile, Spool};
use crate::extract::multipart::{MultipartRejection, Part};

/// How much of a file is kept in memory: 1 MiB.
const IN_MEMORY: usize = 1024 * 1024;

/// A file of a form, read to its end. Up to 1 MiB it is in memory; beyond that it is in a temporary file
/// ([`UploadDirectory`](crate::UploadDirectory)), which is removed when this is dropped, however the request ends.
///
/// It is a field of a struct with [`FromMultipart`](derive@crate::FromMultipart), or made of a [`Part`].
///
/// ```standalone_crate
/// use squall::{Application, FromMultipart, MultipartForm, UploadedFile, post, testing::TestClient};
///
/// #[derive(FromMultipart)]
/// struct Upload {
///     photo: UploadedFile,
/// }
///
/// #[post("/photos", body = "20MiB")]
/// async fn photos(mut form: Upload) -> squall::Result<String> {
///     let name = form.photo.file_name().unwrap_or("photo").to_owned();
///     # let folder = std::env::temp_dir().join(format!("squall-doc-{}", std::process::id()));
///     # std::fs::create_dir_all(&folder).expect("a folder of its own");
///     form.photo.save_to(folder.join(&name)).await?;
///     # std::fs::remove_dir_all(&folder).expect("a folder of its own");
///     Ok(name)
/// }
///
/// # #[tokio::main(flavor = "current_thread")] async fn main() -> squall::Result<()> {
/// let client = TestClient::new(Application::new());
/// let form = MultipartForm::new().file("photo", "../../cat.png", "image/png", [1, 2, 3]);
/// assert_eq!(client.post(photos {}).body(form).await?.text()?, "cat.png");
/// # Ok(()) }
/// ```
#[derive(Debug)]
pub struct UploadedFile {
    raw_file_name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    length: u64,
    content: Content,
}

#[derive(Debug)]
enum Content {
    Memory(Bytes),
    Spooled(Box<Spool>),
}

impl UploadedFile {
    /// Reads a part to its end.
    ///
    /// # Cancel safety
    /// Not cancel safe: what was read until then is lost, and its temporary file removed.
    pub async fn read(mut part: Part<'_>) -> Result<Self, MultipartRejection> {
        let content_type = part.content_type().map(str::to_owned);
        let (raw_file_name, file_name) = part.take_file_names();
        let mut memory = BytesMut::new();
        let mut spool: Option<Box<Spool>> = None;
        let mut length = 0;
        while let Some(piece) = part.chunk().await? {
            length += piece.len() as u64;
            if spool.is_none() && memory.len() + piece.len() > IN_MEMORY {
                let mut file = Spool::create(part.directory()).await.map_err(MultipartRejection::Storage)?;
                file.write(&memory).await.map_err(MultipartRejection::Storage)?;
                memory = BytesMut::new();
                spool = Some(Box::new(file));
            }
            match &mut spool {
                None => memory.extend_from_slice(&piece),
                Some(file) => file.write(&piece).await.map_err(MultipartRejection::Storage)?,
            }
        }
        let content = match spool {
            None => Content::Memory(memory.freeze()),
            Some(mut file) => {
                file.written().await.map_err(MultipartRejection::Storage)?;
                Content::Spooled(file)
            }
        };
        Ok(Self { raw_file_name, file_name, content_type, length, content })
    }

    /// The name of the file, such that it can be one on any system: the last component of what was sent, without
    /// control characters and the characters that Windows reserves, no device of Windows, no dot in front, at most 200
    /// bytes. `None` where no name was sent, or nothing of it is left.
    ///
    /// Two uploads may have one name: [`UploadedFile::save_to`] overwrites nothing.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// The name of the file as it was sent. It may hold anything: never use it as a path.
    pub fn raw_file_name(&self) -> Option<&str> {
        self.raw_file_name.as_deref()
    }

    /// The content type as it was sent; nothing holds the sender to it.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// The length in bytes.
    pub fn len(&self) -> u64 {
        self.length
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether it was too large for memory.
    pub fn is_spooled(&self) -> bool {
        matches!(self.content, Content::Spooled(_))
    }

    /// All its bytes, in memory.
    ///
    /// # Errors
    /// [`Error::is_file`] when the temporary file cannot be read (500).
    ///
    /// # Cancel safety
    /// Cancel safe: nothing is taken out.
    pub async fn bytes(&self) -> Result<Bytes> {
        let spool = match &self.content {
            Content::Memory(bytes) => return Ok(bytes.clone()),
            Content::Spooled(spool) => spool,
        };
        let mut bytes = Vec::with_capacity(usize::try_from(self.length).unwrap_or_default());
        let mut file = spool.open().await.map_err(unreadable)?;
        file.read_to_end(&mut bytes).await.map_err(unreadable)?;
        Ok(bytes.into())
    }

    /// All its bytes as UTF-8 text.
    ///
    /// # Errors
    /// [`Error::is_body`] when it is no UTF-8 (400), and as [`UploadedFile::bytes`].
    ///
    /// # Cancel safety
    /// Cancel safe: nothing is taken out.
    pub async fn text(&self) -> Result<String> {
        String::from_utf8(self.bytes().await?.into()).map_err(Error::body)
    }

    /// Reads it from its beginning, piece by piece.
    ///
    /// # Errors
    /// [`Error::is_file`] when the temporary file cannot be opened (500).
    ///
    /// # Cancel safety
    /// Cancel safe: nothing is taken out.
    pub async fn reader(&self) -> Result<impl AsyncRead + Send + Unpin + use<>> {
        let reader: Box<dyn AsyncRead + Send + Unpin> = match &self.content {
            Content::Memory(bytes) => Box::new(Cursor::new(bytes.clone())),
            Content::Spooled(spool) => Box::new(spool.open().await.map_err(unreadable)?),
        };
        Ok(reader)
    }

    /// Keeps it under this path, as a new file: one that is there already is an error and left alone. What was spooled
    /// on the same file system is renamed, else copied. On Unix only the owner may read the file.
    ///
    /// After an error the upload is still there, and can be saved under another name.
    ///
    /// # Errors
    /// [`Error::is_file`] (500); the cause is the source of the error.
    ///
    /// # Cancel safety
    /// Not cancel safe: the file may be there or not, and a spooled upload may be gone. A copy that was cut off is removed.
    pub async fn save_to(&mut self, path: impl AsRef<Path>) -> Result<()> {
        let path = path.as_ref().to_owned();
        let saved = match &mut self.content {
            Content::Spooled(spool) => spool.keep(path).await,
            Content::Memory(bytes) => {
                async {
                    let mut file = NewFile::create(path).await?;
                    file.write(bytes).await?;
                    file.keep().await
                }
                .await
            }
        };
        saved.map_err(|error| Error::file("an uploaded file could not be saved", error))
    }
}

fn unreadable(error: std::io::Error) -> Error {
    Error::file("an uploaded file could not be read", error)
}
