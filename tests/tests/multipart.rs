//! Forms with parts: what is accepted, what is refused, and that nothing is left behind.

#[path = "multipart/files.rs"]
mod files;
#[path = "multipart/gone.rs"]
mod gone;
#[path = "multipart/rows.rs"]
mod rows;
#[path = "multipart/structs.rs"]
mod structs;

use std::path::Path;

use squall::testing::{Answer, TestClient};
use squall::{Application, Untyped, UploadDirectory};

/// A client, and the directory of its own in which large uploads wait.
fn client() -> (TestClient, tempfile::TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    (TestClient::new(complete(application(directory.path()))), directory)
}

fn application(directory: &Path) -> Application {
    let (stage, _) = squall_tests::Stage::new();
    Application::new().state(UploadDirectory::at(directory)).state(stage)
}

/// With the state that only tests of files look into.
fn complete(application: Application) -> Application {
    application.state(files::Kept(std::path::PathBuf::new()))
}

/// Sends bytes as they are, as a form with this boundary.
async fn send(client: &TestClient, path: &str, body: impl Into<Vec<u8>>) -> Answer<Untyped> {
    let call = client.post(path).body(body.into()).header("content-type", "multipart/form-data; boundary=1234");
    call.await.expect("an answer")
}

/// One part, without the boundaries around it.
fn part(disposition: &str, content: &str) -> String {
    format!("--1234\r\nContent-Disposition: {disposition}\r\n\r\n{content}\r\n")
}

fn files_in(directory: &Path) -> usize {
    std::fs::read_dir(directory).expect("a directory").count()
}

/// Waits until nothing is left in a directory: removing is done by another thread.
async fn emptied(directory: &Path) {
    let empty = async {
        while files_in(directory) > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    };
    squall_tests::within("the directory to be empty", empty).await;
}

/// Waits until a file waits in a directory.
async fn filled(directory: &Path) {
    let filled = async {
        while files_in(directory) == 0 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    };
    squall_tests::within("a temporary file", filled).await;
}
