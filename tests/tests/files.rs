//! Files on the wire: whole, in parts, on a condition, and while they change.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use squall::testing::TestClient;
use squall::{Application, Attachment, Conditional, Conditions, ETag, File, State, get};
use squall_tests::{Reply, Server, Wire};

const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
const MODIFIED: &str = "Tue, 02 Jan 2024 03:04:05 GMT";
const LARGE: usize = 1 << 20;

/// A folder that goes when the test ends.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("squall-files-{}-{name}", std::process::id()));
        fs::create_dir_all(folder.join("folder")).expect("a folder for the test");
        let this = Self(folder);
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(1_704_164_645);
        let large: Vec<u8> = (0..LARGE).map(large_byte).collect();
        for (name, text) in [("a.txt", LETTERS.as_bytes()), ("empty.css", b""), ("large.bin", &large)] {
            fs::write(this.0.join(name), text).expect("a file for the test");
            let file = fs::File::options().write(true).open(this.0.join(name)).expect("a file for the test");
            file.set_modified(modified).expect("a time of change");
        }
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    async fn serve(&self) -> Server {
        Server::start(Application::new().state(self.0.clone())).await
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn large_byte(at: usize) -> u8 {
    u8::try_from(at * 7 % 251).expect("less than 251")
}

#[get("/plain/{name}")]
async fn plain(name: String, folder: State<PathBuf>) -> squall::Result<File> {
    File::open(folder.join(name)).await
}

#[get("/files/{name}")]
async fn file(name: String, folder: State<PathBuf>, conditions: Conditions) -> squall::Result<Conditional<File>> {
    Ok(conditions.answer(File::open(folder.join(name)).await?))
}

#[get("/own")]
async fn own(folder: State<PathBuf>, conditions: Conditions) -> squall::Result<Conditional<Attachment<File>>> {
    let file = File::open(folder.join("a.txt")).await?.content_type("text/x-own").etag(ETag::strong("v1")?);
    Ok(conditions.answer(Attachment::new("letters.txt", file)))
}

#[get("/bad-type")]
async fn bad_type(folder: State<PathBuf>) -> squall::Result<File> {
    Ok(File::open(folder.join("a.txt")).await?.content_type("a\r\nx-evil: 1"))
}

#[get("/encoded")]
async fn encoded(folder: State<PathBuf>, conditions: Conditions) -> squall::Result<impl squall::IntoResponse> {
    Ok(conditions.answer(([("content-encoding", "gzip")], File::open(folder.join("a.txt")).await?)))
}

#[get("/no-ranges")]
async fn no_ranges(folder: State<PathBuf>, conditions: Conditions) -> squall::Result<impl squall::IntoResponse> {
    Ok(conditions.answer(([("accept-ranges", "none")], File::open(folder.join("a.txt")).await?)))
}

async fn ask(wire: &mut Wire, fields: &str) -> Reply {
    wire.ask("GET", "/files/a.txt", fields).await
}

#[tokio::test]
async fn a_whole_file() {
    let folder = Folder::new("whole");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    for target in ["/plain/a.txt", "/files/a.txt"] {
        let get = wire.ask("GET", target, "").await;
        assert_eq!((get.status, get.text()), (200, LETTERS), "{target}");
        for (name, value) in [
            ("content-length", "26"),
            ("content-type", "text/plain; charset=utf-8"),
            ("x-content-type-options", "nosniff"),
            ("last-modified", MODIFIED),
            ("etag", "\"1a-65937d25.0\""),
        ] {
            assert_eq!(get.header(name), Some(value), "{name}");
        }
        let ranges = (target == "/files/a.txt").then_some("bytes");
        assert_eq!(get.header("accept-ranges"), ranges, "only who gave it the conditions has ranges");
        let head = wire.ask("HEAD", target, "").await;
        let fields =
            |reply: &Reply| reply.headers.iter().filter(|(name, _)| name != "date").cloned().collect::<Vec<_>>();
        assert_eq!((head.status, fields(&head)), (200, fields(&get)), "HEAD says what GET would");
    }
    let empty = wire.ask("GET", "/files/empty.css", "").await;
    assert_eq!((empty.status, empty.header("content-length"), empty.text()), (200, Some("0"), ""));
    let large = wire.ask("GET", "/files/large.bin", "").await;
    assert_eq!(large.header("content-type"), Some("application/octet-stream"));
    assert!(large.body.len() == LARGE && large.body.iter().enumerate().all(|(at, byte)| *byte == large_byte(at)));
    let own = wire.ask("GET", "/own", "").await;
    assert_eq!((own.header("content-type"), own.header("etag")), (Some("text/x-own"), Some("\"v1\"")));
    assert_eq!(own.header("content-disposition"), Some("attachment; filename=\"letters.txt\""));
    let bad = wire.ask("GET", "/bad-type", "").await;
    assert_eq!((bad.status, bad.header("x-evil")), (500, None));
}

#[tokio::test]
async fn what_is_no_file_is_not_found() {
    let folder = Folder::new("none");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    let long = "x".repeat(5000);
    for name in ["nothing", "folder", "a.txt%2Fb", &long] {
        let reply = wire.ask("GET", &format!("/files/{name}"), "").await;
        assert_eq!((reply.status, reply.header("content-type")), (404, Some("application/problem+json")), "{name}");
        assert!(!reply.text().contains("squall-files"), "no path is told: {}", reply.text());
    }
    assert!(File::open(folder.path("a\0b")).await.expect_err("NUL").is_not_found());
    assert!(File::open("").await.expect_err("no path").is_not_found());
    assert_eq!(File::open(folder.path("a.txt")).await.expect("a file").len(), 26);
}

#[cfg(unix)]
#[tokio::test]
async fn a_pipe_is_not_waited_for() {
    let folder = Folder::new("pipe");
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe")).status();
    assert!(made.expect("mkfifo").success());
    let opened = squall_tests::within("a refusal", File::open(folder.path("pipe"))).await;
    assert!(opened.expect_err("no regular file").is_not_found());
}

#[tokio::test]
async fn ranges_that_are_there() {
    let folder = Folder::new("ranges");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    for (range, want, place) in [
        ("bytes=0-9", "abcdefghij", "bytes 0-9/26"),
        ("bytes=22-", "wxyz", "bytes 22-25/26"),
        ("bytes=-4", "wxyz", "bytes 22-25/26"),
        ("bytes=1-10000000", &LETTERS[1..], "bytes 1-25/26"),
        ("bytes=25-25", "z", "bytes 25-25/26"),
        ("bytes=0-0", "a", "bytes 0-0/26"),
        ("Bytes=0-1", "ab", "bytes 0-1/26"),
        ("bytes=0-1,1-2", "abc", "bytes 0-2/26"),
    ] {
        let reply = ask(&mut wire, &format!("Range: {range}\r\n")).await;
        assert_eq!((reply.status, reply.text(), reply.header("content-range")), (206, want, Some(place)), "{range}");
        assert_eq!(reply.header("content-length"), Some(want.len().to_string().as_str()), "{range}");
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
        assert!(reply.header("etag").is_some() && reply.header("last-modified").is_some());
    }
    let middle = wire.ask("GET", "/files/large.bin", "Range: bytes=65530-200000\r\n").await;
    assert!(middle.body.iter().enumerate().all(|(at, byte)| *byte == large_byte(at + 65530)));
    assert_eq!((middle.status, middle.body.len()), (206, 200_001 - 65530));
}

#[tokio::test]
async fn several_ranges_are_parts_of_one_answer() {
    let folder = Folder::new("several");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    let reply = ask(&mut wire, "Range: bytes=4-5, 1-2,-1\r\n").await;
    assert_eq!((reply.status, reply.header("content-range")), (206, None));
    let content_type = reply.header("content-type").expect("a type");
    let boundary = content_type.strip_prefix("multipart/byteranges; boundary=").expect("a boundary");
    let part = |place: &str, text: &str| {
        let head = format!("Content-Type: text/plain; charset=utf-8\r\nContent-Range: bytes {place}/26");
        format!("--{boundary}\r\n{head}\r\n\r\n{text}\r\n")
    };
    let want = part("4-5", "ef") + &part("1-2", "bc") + &part("25-25", "z") + &format!("--{boundary}--\r\n");
    assert_eq!(reply.text(), want);
    let again = ask(&mut wire, "Range: bytes=4-5,1-2\r\n").await;
    assert_ne!(again.header("content-type"), Some(content_type), "nobody knows the boundary before");
    // RFC 9110 section 14.2: many small ranges are an attack or a mistake.
    let many: String = (0..1200).map(|at| format!("{at}-,")).collect();
    let reply = wire.ask("GET", "/files/large.bin", &format!("Range: bytes={many}\r\n")).await;
    assert_eq!((reply.status, reply.body.len()), (200, LARGE));
}

#[tokio::test]
async fn ranges_that_are_none_or_not_there() {
    let folder = Folder::new("no-ranges");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    for range in [
        "bytes=0-",
        "bytes=0-10000000",
        "bytes=-1000000",
        "asdf",
        "items=0-1",
        "bytes=",
        "bytes=-",
        "bytes=+1-2",
        "bytes=1_0-2_0",
        "bytes= 1 - 2",
        "bytes=26",
        "bytes=10-3",
        "bytes=0--1",
        "\u{e9}",
    ] {
        let reply = ask(&mut wire, &format!("Range: {range}\r\n")).await;
        assert_eq!((reply.status, reply.text(), reply.header("content-range")), (200, LETTERS, None), "{range}");
    }
    for range in ["bytes=26-", "bytes=-0", "bytes=9999999999999999999999-"] {
        let reply = ask(&mut wire, &format!("Range: {range}\r\n")).await;
        assert_eq!((reply.status, reply.header("content-range")), (416, Some("bytes */26")), "{range}");
        assert_eq!((reply.header("content-length"), reply.header("content-type")), (Some("0"), None), "{range}");
    }
    let empty = wire.ask("GET", "/files/empty.css", "Range: bytes=0-0\r\n").await;
    assert_eq!((empty.status, empty.header("content-range")), (200, None));
    let twice = ask(&mut wire, "Range: bytes=0-1\r\nRange: bytes=2-3\r\n").await;
    assert_eq!(twice.status, 200, "of two it is not said which is meant");
    let head = wire.ask("HEAD", "/files/a.txt", "Range: bytes=0-1\r\n").await;
    assert_eq!((head.status, head.header("content-length")), (200, Some("26")), "HEAD has no ranges");
    let plain = wire.ask("GET", "/plain/a.txt", "Range: bytes=0-1\r\n").await;
    assert_eq!((plain.status, plain.text()), (200, LETTERS), "nobody gave it the conditions");
    let encoded = wire.ask("GET", "/encoded", "Range: bytes=0-1\r\n").await;
    assert_eq!((encoded.status, encoded.header("content-range")), (200, None), "the file is not what is sent");
    assert_eq!(encoded.header("accept-ranges"), None);
    let refused = wire.ask("GET", "/no-ranges", "Range: bytes=0-1\r\n").await;
    assert_eq!((refused.status, refused.header("accept-ranges")), (200, Some("none")), "as the handler says");
}

#[tokio::test]
async fn conditions_of_a_file() {
    let folder = Folder::new("conditions");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    let tag = ask(&mut wire, "").await.header("etag").expect("a tag").to_owned();
    for (fields, status) in [
        (format!("If-None-Match: {tag}"), 304),
        (format!("If-None-Match: W/{tag}"), 304),
        ("If-None-Match: *".into(), 304),
        (format!("If-None-Match: \"x\", {tag}, W/\"y\""), 304),
        (format!("If-None-Match: \"a,b\", {tag}"), 304),
        (format!("If-None-Match: \"x\"\r\nIf-None-Match: {tag}"), 304),
        ("If-None-Match: \"x\"".into(), 200),
        ("If-None-Match: x".into(), 200),
        ("If-None-Match: \"x\"\r\nIf-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT".into(), 200),
        (format!("If-Modified-Since: {MODIFIED}"), 304),
        ("If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT".into(), 304),
        ("If-Modified-Since: Friday, 05-Jan-24 00:00:00 GMT".into(), 304),
        ("If-Modified-Since: Fri Jan  5 00:00:00 2024".into(), 304),
        ("If-Modified-Since: Mon, 01 Jan 2024 00:00:00 GMT".into(), 200),
        ("If-Modified-Since: Fri, 01 Jan 1960 00:00:00 GMT".into(), 200),
        ("If-Modified-Since: yesterday".into(), 200),
        ("If-Modified-Since: ".into(), 200),
        (format!("Range: bytes=0-1\r\nIf-None-Match: {tag}"), 304),
        (format!("If-Match: {tag}"), 200),
        ("If-Match: *".into(), 200),
        (format!("If-Match: \"x\", {tag}"), 200),
        ("If-Match: \"x\"".into(), 412),
        (format!("If-Match: W/{tag}"), 412),
        (format!("If-Match: \"x\"\r\nIf-None-Match: {tag}\r\nRange: bytes=0-1"), 412),
        ("If-Unmodified-Since: Mon, 01 Jan 2024 00:00:00 GMT".into(), 412),
        (format!("If-Unmodified-Since: {MODIFIED}"), 200),
        ("If-Unmodified-Since: x".into(), 200),
        (format!("If-Match: {tag}\r\nIf-Unmodified-Since: Mon, 01 Jan 2024 00:00:00 GMT"), 200),
        (format!("Range: bytes=0-1\r\nIf-Range: {tag}"), 206),
        (format!("Range: bytes=0-1\r\nIf-Range: {MODIFIED}"), 206),
        (format!("Range: bytes=0-1\r\nIf-Range: W/{tag}"), 200),
        ("Range: bytes=0-1\r\nIf-Range: \"x\"".into(), 200),
        ("Range: bytes=0-1\r\nIf-Range: x".into(), 200),
        ("Range: bytes=0-1\r\nIf-Range: Mon, 01 Jan 2024 00:00:00 GMT".into(), 200),
        ("Range: bytes=0-1\r\nIf-Range: Fri, 05 Jan 2024 00:00:00 GMT".into(), 200),
        (format!("Range: bytes=0-1\r\nIf-Range: {tag}\r\nIf-Range: {tag}"), 200),
        ("Range: bytes=99-\r\nIf-Range: \"x\"".into(), 200),
    ] {
        let reply = ask(&mut wire, &format!("{fields}\r\n")).await;
        assert_eq!(reply.status, status, "{fields}");
        if status == 304 {
            assert_eq!((reply.header("etag"), reply.header("content-type")), (Some(tag.as_str()), None), "{fields}");
            assert_eq!((reply.header("content-length"), reply.header("content-range")), (None, None), "{fields}");
        }
        let head = wire.ask("HEAD", "/files/a.txt", &format!("{fields}\r\n")).await;
        assert_eq!(head.status, if status == 206 { 200 } else { status }, "HEAD {fields}");
    }
}

#[tokio::test]
async fn a_file_that_has_just_changed_has_a_weak_tag() {
    let folder = Folder::new("fresh");
    fs::write(folder.path("fresh.txt"), "one").expect("a file");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    let first = wire.ask("GET", "/files/fresh.txt", "").await;
    let tag = first.header("etag").expect("a tag");
    assert!(tag.starts_with("W/"), "{tag}");
    let range = format!("Range: bytes=0-1\r\nIf-Range: {tag}\r\n");
    assert_eq!(wire.ask("GET", "/files/fresh.txt", &range).await.status, 200, "parts of two versions are none");
    fs::write(folder.path("fresh.txt"), "other").expect("a file");
    let asked = format!("If-None-Match: {tag}\r\n");
    assert_eq!(wire.ask("GET", "/files/fresh.txt", &asked).await.text(), "other", "a change is seen at once");
}

#[tokio::test]
async fn a_file_that_becomes_shorter_breaks_the_answer_off() -> squall::Result<()> {
    let folder = Folder::new("shorter");
    let opened = File::open(folder.path("large.bin")).await?;
    let handle = fs::File::options().write(true).open(folder.path("large.bin")).expect("a file");
    handle.set_len(100_000).expect("it can be cut");
    let body = squall::IntoResponse::into_response(opened).into_body();
    assert!(body.collect(LARGE).await.expect_err("it is not whole").is_body());

    // What is added while it is sent is not sent: the length is that of the head.
    let opened = File::open(folder.path("large.bin")).await?;
    handle.set_len(500_000).expect("it can grow");
    assert_eq!(squall::IntoResponse::into_response(opened).into_body().collect(LARGE).await?.len(), 100_000);
    Ok(())
}

#[tokio::test]
async fn on_the_wire_the_connection_closes_before_the_length() {
    let folder = Folder::new("cut");
    let handle = fs::File::options().write(true).open(folder.path("large.bin")).expect("a file");
    // So large that no socket holds it whole.
    handle.set_len(64 << 20).expect("it can grow");
    let server = folder.serve().await;
    let mut wire = server.connect().await;
    wire.send("GET /files/large.bin HTTP/1.1\r\nHost: a\r\n\r\n").await;
    let head = wire.reply_without_body().await;
    assert_eq!(head.header("content-length"), Some((64 << 20).to_string().as_str()));
    handle.set_len(1000).expect("it can be cut");
    let got = wire.rest().await.len();
    assert!(got < 64 << 20, "all {got} bytes came");
    assert_eq!(server.ask("GET", "/files/a.txt").await.text(), LETTERS, "the server lives");
}

#[tokio::test]
async fn in_memory_a_file_is_the_same() -> squall::Result<()> {
    let folder = Folder::new("memory");
    let client = TestClient::new(Application::new().state(folder.0.clone()));
    let answer = client.get(file { name: "a.txt".into() }).header("range", "bytes=0-2").await?;
    assert_eq!((answer.status().as_u16(), answer.text()?), (206, "abc"));
    Ok(())
}
