//! Every example runs and answers: each is started as the program it is, on a free port.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Once;
use std::time::Duration;

/// How long an answer may take before a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running example; it ends with the test.
struct Example {
    child: Child,
    address: SocketAddr,
}

impl Drop for Example {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where cargo puts the examples of this build.
fn directory() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its file");
    let deps = test.parent().expect("it lies in `deps`");
    deps.parent().expect("which lies in the profile's directory").join("examples")
}

fn build() {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
        let target = directory().join("../..");
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--package", "squall-examples", "--examples", "--manifest-path"])
            .arg(manifest)
            .arg("--target-dir")
            .arg(target)
            .status();
        assert!(status.is_ok_and(|status| status.success()), "the examples do not build");
    });
}

impl Example {
    fn start(name: &str) -> Self {
        build();
        let mut child = Command::new(directory().join(name))
            .envs([("PORT", "0"), ("HOST", "127.0.0.1")])
            .stderr(Stdio::piped())
            .spawn()
            .expect("the example starts");
        let log = BufReader::new(child.stderr.take().expect("its log is read"));
        let mut lines = log.lines().map_while(Result::ok);
        let found = lines.find_map(|line| line.split_once("listening on http://").map(|(_, rest)| rest.to_owned()));
        let address = found.and_then(|text| text.trim().parse().ok());
        let example = Self { child, address: address.unwrap_or(SocketAddr::from(([0; 4], 0))) };
        assert_ne!(example.address.port(), 0, "{name} said no address");
        // The rest of the log is read, so that the program never waits for room.
        std::thread::spawn(move || lines.for_each(drop));
        example
    }

    /// Sends one request and gives the status, the head and the body.
    fn ask(&self, method: &str, target: &str, fields: &str, body: &str) -> (u16, String, String) {
        let mut stream = TcpStream::connect_timeout(&self.address, PATIENCE).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        let length = body.len();
        let request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{fields}\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers within the deadline");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        (status, head.to_ascii_lowercase(), body.to_owned())
    }

    fn get(&self, target: &str) -> (u16, String) {
        let (status, _, body) = self.ask("GET", target, "", "");
        (status, body)
    }
}

#[test]
fn hello() {
    let example = Example::start("hello");
    let (status, head, body) = example.ask("GET", "/", "", "");
    assert_eq!((status, body.as_str()), (200, "Hello, world"));
    assert!(head.contains("content-type: text/plain; charset=utf-8"));
    assert_eq!(example.get("/nowhere").0, 404);
}

#[test]
fn page() {
    let example = Example::start("page");
    let (status, head, body) = example.ask("GET", "/", "", "");
    assert_eq!(status, 200);
    assert!(head.contains("content-type: text/html; charset=utf-8"));
    assert!(body.starts_with("<!doctype html>") && body.contains("<h1>A page from a file</h1>"));
    assert_eq!(example.get("/plain").0, 200);
}

#[test]
fn params() {
    let example = Example::start("params");
    let target = "/search/books?q=rust&tag=web&tag=async&exact&page=2&sort-by=newest_first";
    let (status, _, body) = example.ask("GET", target, "Accept-Language: de\r\nCookie: theme=dark\r\n", "");
    let want = concat!(
        r#"{"shelf":"books","q":"rust","tag":["web","async"],"exact":true,"limit":20,"sort":"NewestFirst","#,
        r#""paging":{"page":2},"accept_language":"de","theme":"dark"}"#
    );
    assert_eq!((status, body.as_str()), (200, want));
    let (status, body) = example.get("/search/books?limit=0");
    assert_eq!(status, 400);
    assert!(body.contains(r#"{"in":"query","name":"q","detail":"is missing"}"#), "{body}");
    assert!(body.contains(r#"{"in":"query","name":"limit","detail":"must be between 1 and 100"}"#), "{body}");
    let (status, body) = example.get("/files/a/b%20c");
    assert_eq!((status, body.as_str()), (200, "the file a/b c, and a search: /search/books?q=rust&page=1"));
}

#[test]
fn crud() {
    let example = Example::start("crud");
    let json = "Content-Type: application/json\r\n";
    let (status, head, _) = example.ask("POST", "/notes", json, r#"{"text":"milk"}"#);
    assert_eq!(status, 303);
    assert!(head.contains("location: /notes/1"));
    assert_eq!(example.get("/notes/1"), (200, r#"{"text":"milk"}"#.to_owned()));
    assert_eq!(example.ask("PUT", "/notes/1", json, r#"{"text":"tea"}"#).0, 204);
    assert_eq!(example.get("/notes"), (200, r#"{"1":{"text":"tea"}}"#.to_owned()));
    assert_eq!(example.ask("PUT", "/notes/1", json, r#"{"txt":"tea"}"#).0, 422);
    assert_eq!(example.ask("DELETE", "/notes/1", "", "").0, 204);
    assert_eq!(example.get("/notes/1").0, 404);
}

#[test]
fn two_crates() {
    let example = Example::start("two_crates");
    assert_eq!(example.get("/billing/invoices/3"), (200, r#"{"id":3,"total":"30 EUR"}"#.to_owned()));
    let (status, head, _) = example.ask("GET", "/billing", "", "");
    assert_eq!(status, 303);
    assert!(head.contains("location: /billing/invoices/7"), "{head}");
    assert!(example.get("/").1.contains("/billing/invoices/3"));
}

#[test]
fn testing() {
    let example = Example::start("testing");
    assert_eq!(example.get("/basket/3?discount=10"), (200, "18".to_owned()));
}
