//! Uploaded files: in memory, in temporary files, kept for good.

use std::path::PathBuf;

use squall::testing::TestClient;
use squall::{
    Application, FromMultipart, Multipart, MultipartForm, MultipartRejection, State, UploadDirectory, UploadedFile,
    post,
};
use tokio::io::AsyncReadExt as _;

use crate::{application, client, emptied, files_in};

const MIB: usize = 1 << 20;

#[derive(FromMultipart)]
struct One {
    file: UploadedFile,
}

/// Where a handler of this application keeps what it is sent.
pub(crate) struct Kept(pub(crate) PathBuf);

#[post("/file", body = "4MiB")]
async fn file(form: One) -> squall::Result<String> {
    let file = form.file;
    let mut read = Vec::new();
    file.reader().await?.read_to_end(&mut read).await.expect("a file");
    assert!(read == file.bytes().await?, "both readers read the same");
    let sum = read.iter().map(|byte| usize::from(*byte)).sum::<usize>();
    Ok(format!(
        "{} {} {:?} {:?} {:?} {sum}",
        file.is_spooled(),
        file.len(),
        file.file_name(),
        file.raw_file_name(),
        file.content_type()
    ))
}

#[post("/keep", body = "4MiB")]
async fn keep(mut form: One, kept: State<Kept>) -> squall::Result<String> {
    let name = form.file.file_name().unwrap_or("unnamed").to_owned();
    let refused = form.file.save_to(kept.0.join("taken")).await;
    form.file.save_to(kept.0.join(&name)).await?;
    form.file.save_to(kept.0.join(name + "-again")).await?;
    let length = form.file.bytes().await?.len();
    Ok(format!("{} {length}", refused.is_err_and(|error| error.is_file())))
}

/// The names of a part, and what its progress tells.
#[post("/progress", body = "4MiB")]
async fn progress(mut form: Multipart) -> Result<String, MultipartRejection> {
    let mut told = Vec::new();
    let mut names = String::new();
    while let Some(part) = form.next().await? {
        names += &format!("{:?} {:?}", part.file_name(), part.raw_file_name());
        let begin = told.len();
        let file = UploadedFile::read(part.on_progress(&mut |bytes| told.push(bytes))).await?;
        assert!(told[begin..].is_sorted() && told[begin..].last().copied().unwrap_or(0) == file.len(), "{told:?}");
    }
    Ok(format!("{names} {}", told.len() > 1))
}

#[tokio::test]
async fn a_part_has_the_names_of_its_file_and_tells_its_progress() {
    let (client, _directory) = client();
    let form = MultipartForm::new().file("a", "../x?.png", "image/png", vec![0; 3 * MIB]);
    let answer = client.post(progress {}).body(form).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), r#"Some("x_.png") Some("../x?.png") true"#);
    let form = MultipartForm::new().file("a", "..", "image/png", []).text("b", "1");
    let answer = client.post(progress {}).body(form).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), r#"None Some("..")None None false"#);
}

#[post("/save", body = "4MiB")]
async fn save(mut form: Multipart, kept: State<Kept>) -> Result<String, MultipartRejection> {
    let mut lengths = Vec::new();
    while let Some(part) = form.next().await? {
        let path = kept.0.join(part.name());
        lengths.push(part.save_to(path).await?);
    }
    Ok(format!("{lengths:?}"))
}

#[post("/panic", body = "4MiB")]
async fn panics(form: One) -> String {
    assert!(form.file.is_empty(), "as the test wants it");
    String::new()
}

#[tokio::test]
async fn a_file_is_in_memory_up_to_a_mebibyte() {
    let (client, directory) = client();
    for (length, want) in [(0, "false 0"), (3, "false 3"), (MIB, "false 1048576"), (MIB + 1, "true 1048577")] {
        let form = MultipartForm::new().file("file", "../a\u{0}b.bin", "x/y", vec![1; length]);
        let answer = client.post(file {}).body(form).await.expect("an answer");
        let want = format!("{want} Some(\"ab.bin\") Some(\"../ab.bin\") Some(\"x/y\") {length}");
        assert_eq!(answer.text().expect("text"), want);
    }
    emptied(directory.path()).await;
}

fn keeping() -> (TestClient, tempfile::TempDir, tempfile::TempDir) {
    let (spool, kept) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    std::fs::write(kept.path().join("taken"), "as it was").expect("a file");
    let application = application(spool.path()).state(Kept(kept.path().to_owned()));
    (TestClient::new(application), spool, kept)
}

#[tokio::test]
async fn a_file_is_kept_where_nothing_is_yet() {
    for length in [10, MIB + 10] {
        let (client, spool, kept) = keeping();
        let form = MultipartForm::new().file("file", "cat.png", "image/png", vec![7; length]);
        let answer = client.post(keep {}).body(form).await.expect("an answer");
        assert_eq!(answer.text().expect("text"), format!("true {length}"));
        assert_eq!(files_in(kept.path()), 3);
        assert_eq!(std::fs::read(kept.path().join("taken")).expect("a file"), b"as it was");
        for name in ["cat.png", "cat.png-again"] {
            let path = kept.path().join(name);
            assert!(std::fs::read(&path).expect("a file") == vec![7; length], "{name}");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                let mode = std::fs::metadata(path).expect("a file").permissions().mode();
                assert_eq!(mode & 0o777, 0o600, "{name} of {length} bytes");
            }
        }
        emptied(spool.path()).await;
    }
}

/// Where `/dev/shm` is a file system of its own, this is a copy.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_is_kept_on_another_file_system() {
    let (spool, kept) = (tempfile::tempdir().expect("a directory"), tempfile::tempdir_in("/dev/shm"));
    let kept = kept.expect("a directory");
    std::fs::write(kept.path().join("taken"), "as it was").expect("a file");
    let client = TestClient::new(application(spool.path()).state(Kept(kept.path().to_owned())));
    let form = MultipartForm::new().file("file", "cat.png", "image/png", vec![7; 2 * MIB]);
    let answer = client.post(keep {}).body(form).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), format!("true {}", 2 * MIB));
    assert!(std::fs::read(kept.path().join("cat.png")).expect("a file") == vec![7; 2 * MIB]);
    assert_eq!(std::fs::read(kept.path().join("taken")).expect("a file"), b"as it was");
    assert_eq!(files_in(kept.path()), 3);
    emptied(spool.path()).await;
}

#[tokio::test]
async fn parts_are_saved_as_they_arrive() {
    let (client, _spool, kept) = keeping();
    let form = MultipartForm::new().bytes("a", vec![1; 2 * MIB]).text("b", "");
    let answer = client.post(save {}).body(form).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), format!("[{}, 0]", 2 * MIB));
    assert!(std::fs::read(kept.path().join("a")).expect("a file") == vec![1; 2 * MIB]);
    assert_eq!(files_in(kept.path()), 3);
}

#[tokio::test]
async fn a_part_that_breaks_off_leaves_no_file() {
    let (client, _spool, kept) = keeping();
    let body = crate::part("form-data; name=a", &"x".repeat(MIB));
    assert_eq!(crate::send(&client, "/save", body).await.status(), 400);
    emptied_but_for_one(&kept).await;
    let answer = client.post(save {}).body(MultipartForm::new().text("taken", "new")).await.expect("an answer");
    assert_eq!(answer.status(), 500);
    assert_eq!(std::fs::read(kept.path().join("taken")).expect("a file"), b"as it was");
}

async fn emptied_but_for_one(kept: &tempfile::TempDir) {
    let emptied = async {
        while files_in(kept.path()) > 1 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
    };
    squall_tests::within("the file to be removed", emptied).await;
}

#[tokio::test]
async fn a_panic_leaves_nothing_behind() {
    let (client, directory) = client();
    let form = MultipartForm::new().bytes("file", vec![0; 2 * MIB]);
    assert_eq!(client.post(panics {}).body(form).await.expect("an answer").status(), 500);
    emptied(directory.path()).await;
}

#[tokio::test]
async fn a_fault_after_the_file_leaves_nothing_behind() {
    let (client, directory) = client();
    let file = crate::part("form-data; name=file", &"x".repeat(2 * MIB));
    for (after, want) in [
        ("--1234\r\n\r\n", 400),
        ("", 400),
        ("--1234\r\nContent-Disposition: form-data; name=file\r\n\r\nsecond\r\n--1234--", 400),
    ] {
        assert_eq!(crate::send(&client, "/file", file.clone() + after).await.status(), want, "{after:?}");
        emptied(directory.path()).await;
    }
}

#[tokio::test]
async fn a_directory_that_is_not_there_is_500() {
    let client = TestClient::new(crate::complete(application("/nowhere/at/all".as_ref())));
    let form = |length| MultipartForm::new().bytes("file", vec![0; length]);
    assert_eq!(client.post(file {}).body(form(10)).await.expect("an answer").status(), 200);
    let answer = client.post(file {}).body(form(2 * MIB)).await.expect("an answer");
    assert_eq!(answer.status(), 500);
    assert!(!answer.text().expect("text").contains("nowhere"), "what happened inside is not told");
}

#[tokio::test]
async fn without_a_directory_it_is_that_of_the_system() {
    let (stage, _) = squall_tests::Stage::new();
    let application = Application::new().state(stage).state(Kept(PathBuf::new())).state(UploadDirectory::default());
    let client = TestClient::new(application);
    let form = MultipartForm::new().bytes("file", vec![0; 2 * MIB]);
    assert_eq!(client.post(file {}).body(form).await.expect("an answer").status(), 200);
}
