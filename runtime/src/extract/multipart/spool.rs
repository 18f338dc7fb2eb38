//! Files that hold what was uploaded: temporary ones that nothing leaves behind, and those that are kept.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use tokio::fs::File;
use tokio::io::AsyncWriteExt as _;

/// Where uploaded files wait that are too large for memory: the directory for temporary files of the system (`TMPDIR`)
/// unless the application holds this as state.
///
/// Saving a file on the file system of this directory is a rename, elsewhere a copy.
///
/// ```standalone_crate
/// use squall::{Application, UploadDirectory};
///
/// #[squall::main]
/// async fn app() -> Application {
///     Application::new().state(UploadDirectory::at("/srv/uploads"))
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadDirectory(PathBuf);

impl UploadDirectory {
    /// This directory; it has to be there.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }
}

impl Default for UploadDirectory {
    fn default() -> Self {
        Self(std::env::temp_dir())
    }
}

/// A file that is removed when this is dropped.
#[derive(Debug)]
pub(super) struct Scratch(Option<TempPath>);

impl Scratch {
    fn path(&self) -> Option<&Path> {
        self.0.as_deref()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let Some(path) = self.0.take() else { return };
        // Removing a large file takes a while. A runtime that ends drops the closure, and the path with it.
        match tokio::runtime::Handle::try_current() {
            Ok(runtime) => drop(runtime.spawn_blocking(move || drop(path))),
            Err(_) => drop(path),
        }
    }
}

/// A file that was made for this request alone and holds a part.
#[derive(Debug)]
pub(super) struct Spool {
    file: File,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Temporary(Scratch),
    Kept(PathBuf),
}

impl Spool {
    pub(super) async fn create(directory: &UploadDirectory) -> io::Result<Self> {
        let directory = directory.0.clone();
        let made = unblocked(move || tempfile::Builder::new().prefix("squall-").tempfile_in(directory)).await?;
        let (file, path) = made.into_parts();
        Ok(Self { file: File::from_std(file), place: Place::Temporary(Scratch(Some(path))) })
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    /// Waits until everything is written: only then an error of the last piece shows.
    pub(super) async fn written(&mut self) -> io::Result<()> {
        self.file.flush().await
    }

    /// The file, opened for reading from its beginning.
    pub(super) async fn open(&self) -> io::Result<File> {
        File::open(self.path()?).await
    }

    fn path(&self) -> io::Result<&Path> {
        match &self.place {
            Place::Temporary(scratch) => scratch.path().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound)),
            Place::Kept(path) => Ok(path),
        }
    }

    /// Gives the file its place for good: a rename where that is possible, else a copy.
    pub(super) async fn keep(&mut self, to: PathBuf) -> io::Result<()> {
        if let Place::Temporary(scratch) = &mut self.place
            && let Some(path) = scratch.0.take()
        {
            // Cut off here, the job still ends: the file is then at its place, or removed.
            let kept = to.clone();
            let failed = unblocked(move || Ok(path.persist_noclobber(kept).err())).await?;
            match failed {
                None => {
                    self.place = Place::Kept(to);
                    return Ok(());
                }
                Some(failed) => {
                    scratch.0 = Some(failed.path);
                    if failed.error.kind() != io::ErrorKind::CrossesDevices {
                        return Err(failed.error);
                    }
                }
            }
        }
        let mut from = self.open().await?;
        let mut file = NewFile::create(to.clone()).await?;
        tokio::io::copy(&mut from, &mut file.file).await?;
        file.keep().await?;
        self.place = Place::Kept(to);
        Ok(())
    }
}

/// A new file at a path of the user's, which is removed again unless it becomes whole.
pub(super) struct NewFile {
    file: File,
    scratch: Scratch,
}

impl NewFile {
    pub(super) async fn create(path: PathBuf) -> io::Result<Self> {
        let made = unblocked(move || {
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            // As temporary files are: a large upload and a small one end up with the same rights.
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(&path)?;
            // The guard is made where the file is, so that it is there however soon the waiting ends.
            Ok((file, Scratch(Some(TempPath::try_from_path(path)?))))
        });
        let (file, scratch) = made.await?;
        Ok(Self { file: File::from_std(file), scratch })
    }

    pub(super) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes).await
    }

    pub(super) async fn keep(mut self) -> io::Result<()> {
        self.file.flush().await?;
        match self.scratch.0.take() {
            Some(path) => path.keep().map(drop).map_err(|error| error.error),
            None => Ok(()),
        }
    }
}

/// Runs what waits for a disk on the pool of threads that may wait.
async fn unblocked<T: Send + 'static>(job: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    tokio::task::spawn_blocking(job).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}
