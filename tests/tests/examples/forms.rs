//! Forms and uploads.

use std::fs;
use std::io::Write as _;

use crate::{Example, answer, soon};

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const PARTS: &str = "Content-Type: multipart/form-data; boundary=x\r\n";

/// A form of one file.
fn upload(field: &str, name: &str, content: &str) -> String {
    format!(
        "--x\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n{content}\r\n--x--\r\n"
    )
}

#[test]
fn forms() {
    let example = Example::start("forms");
    let (status, blank) = example.get("/");
    assert_eq!((status, blank.matches("<input name=guest").count()), (200, 4), "{blank}");
    let (status, head, body) = example.ask("POST", "/", FORM, "email=a%40b.example&guest=Ann&guest=&guest=Bob+B.");
    assert_eq!((status, body.as_str()), (303, ""));
    assert!(head.contains("location: /parties"), "{head}");
    assert_eq!(example.get("/parties"), (200, "a@b.example: Ann  Bob B.\n".to_owned()));
}

#[test]
fn a_form_comes_back_with_what_is_wrong_and_nothing_in_it_is_html() {
    let example = Example::start("forms");
    let typed = "email=%22%3E%3Cscript%3E%26amp;&guest=+&guest=";
    let (status, head, body) = example.ask("POST", "/", FORM, typed);
    assert_eq!(status, 422);
    assert!(head.contains("content-type: text/html"), "{head}");
    assert!(body.contains("value=\"&quot;>&lt;script>&amp;amp;\""), "{body}");
    assert!(body.contains("email: must be an address") && body.contains("guest: must be somebody"), "{body}");
    assert_eq!(body.matches("<input name=guest").count(), 2, "{body}");
    assert_eq!(example.get("/parties"), (200, String::new()), "nothing was taken");

    assert_eq!(example.ask("POST", "/", "Content-Type: text/plain\r\n", "email=a@b&guest=Ann").0, 415);
    assert_eq!(example.ask("POST", "/", FORM, "email=%ff&guest=Ann").0, 400);
    assert_eq!(example.ask("POST", "/", FORM, "").0, 422);
}

#[test]
fn an_upload_tells_how_far_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = Example::start_with("upload", &[("UPLOADS", folder.path())]);
    assert!(example.get("/").1.contains("<progress"));
    assert_eq!(example.get("/uploads/7").0, 404);

    let content = "abcdefgh".repeat(50_000);
    let body = upload("file", "../../etc/a?b.txt", &content);
    let mut stream = example.begin("POST", "/uploads/7", PARTS, body.len());
    stream.write_all(&body.as_bytes()[..200_000]).expect("it reads");
    let arrived = || example.get("/uploads/7").1.parse::<usize>().ok();
    // The last bytes may be the beginning of the boundary, and wait.
    let half = soon("half of the file", || arrived().filter(|arrived| *arrived > 190_000));
    assert!(half < 200_000, "{half}");
    stream.write_all(&body.as_bytes()[200_000..]).expect("it reads");
    assert_eq!(answer(stream).0, 200);
    assert_eq!(fs::read_to_string(folder.path().join("7-a_b.txt")).expect("the file"), content);
    soon("the end of the upload", || (example.get("/uploads/7").0 == 404).then_some(()));
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = Example::start_with("upload", &[("UPLOADS", folder.path())]);
    let files = || fs::read_dir(folder.path()).expect("the folder").count();
    let body = upload("file", "a.txt", &"a".repeat(100_000));
    let mut stream = example.begin("POST", "/uploads/8", PARTS, body.len());
    stream.write_all(&body.as_bytes()[..50_000]).expect("it reads");
    soon("the file", || (files() == 1 && example.get("/uploads/8").0 == 200).then_some(()));
    drop(stream);
    soon("the end of the file", || (files() == 0 && example.get("/uploads/8").0 == 404).then_some(()));

    // Refused before a byte of it is read.
    let (status, _, body) = answer(example.begin("POST", "/uploads/9", PARTS, 20 * 1024 * 1024 + 1));
    assert_eq!(status, 413, "{body}");
    assert_eq!(example.ask("POST", "/uploads/9", PARTS, "--x\r\nno form").0, 400);
    assert_eq!(example.ask("POST", "/uploads/9", FORM, "a=b").0, 415);
    assert_eq!(example.ask("POST", "/uploads/..%2Fa", PARTS, &upload("file", "a", "a")).0, 400);
    assert_eq!(files(), 0);
}

#[test]
fn a_small_upload_is_read_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let example = Example::start_with("upload", &[("UPLOADS", folder.path())]);
    let files = || fs::read_dir(folder.path()).expect("the folder").count();
    for count in 1..=2 {
        assert_eq!(example.ask("POST", "/portraits", PARTS, &upload("photo", "me.png", "a face")).0, 200);
        assert_eq!(files(), count, "each has a name of its own");
    }
    let (status, _, body) = example.ask("POST", "/portraits", PARTS, &upload("picture", "me.png", "a face"));
    assert_eq!(status, 400);
    assert!(body.contains(r#"{"in":"body","name":"photo","detail":"is missing"}"#), "{body}");
    let large = upload("photo", "me.png", &"a".repeat(1024 * 1024 + 1));
    assert_eq!(example.ask("POST", "/portraits", PARTS, &large).0, 413);
    assert_eq!(files(), 2);
}
