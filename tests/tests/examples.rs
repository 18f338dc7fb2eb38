//! Every example runs and answers: each is started as the program it is, on a free port.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Once};
use std::time::{Duration, Instant};

#[path = "examples/around.rs"]
mod around;
#[path = "examples/first.rs"]
mod first;
#[path = "examples/forms.rs"]
mod forms;
#[path = "examples/streams.rs"]
mod streams;
#[path = "examples/tasks.rs"]
mod tasks;

/// How long an answer may take before a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running example; it ends with the test.
struct Example {
    child: Child,
    address: SocketAddr,
    log: Arc<Mutex<String>>,
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

/// The program of an example, with variables of its environment.
fn command(name: &str, variables: &[(&str, &Path)]) -> Command {
    build();
    let mut command = Command::new(directory().join(name));
    command.envs([("PORT", "0"), ("HOST", "127.0.0.1")]).envs(variables.iter().copied());
    command
}

/// What `ask` gives once it holds; asked again and again until then.
#[track_caller]
fn soon<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "{what} did not come about");
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Example {
    fn start(name: &str) -> Self {
        Self::start_with(name, &[])
    }

    fn start_with(name: &str, variables: &[(&str, &Path)]) -> Self {
        let mut child = command(name, variables).stderr(Stdio::piped()).spawn().expect("the example starts");
        let log = BufReader::new(child.stderr.take().expect("its log is read"));
        let mut lines = log.lines().map_while(Result::ok);
        let found = lines.find_map(|line| line.split_once("listening on http://").map(|(_, rest)| rest.to_owned()));
        let address = found.and_then(|text| text.trim().parse().ok());
        let log = Arc::default();
        let example = Self { child, address: address.unwrap_or(SocketAddr::from(([0; 4], 0))), log: Arc::clone(&log) };
        assert_ne!(example.address.port(), 0, "{name} said no address");
        // The rest of the log is read, so that the program never waits for room.
        std::thread::spawn(move || {
            lines.for_each(|line| log.lock().expect("no panic while it is held").push_str(&line));
        });
        example
    }

    /// Asks it to stop, and gives its exit code.
    fn stop(mut self) -> Option<i32> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(asked.is_ok_and(|status| status.success()));
        self.child.wait().expect("its end").code()
    }

    /// Whether the log says something within the deadline.
    #[track_caller]
    fn logs(&self, text: &str) {
        soon(text, || self.log.lock().expect("no panic while it is held").contains(text).then_some(()));
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect_timeout(&self.address, PATIENCE).expect("it listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a deadline");
        stream
    }

    /// Sends the head of a request, with a field for the length of its body.
    fn begin(&self, method: &str, target: &str, fields: &str, length: usize) -> TcpStream {
        let address = self.address;
        let begin = format!("{method} {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
        let mut stream = self.connect();
        stream.write_all(format!("{begin}Content-Length: {length}\r\n{fields}\r\n").as_bytes()).expect("it reads");
        stream
    }

    /// Sends one request and gives the status, the head and the body.
    fn ask(&self, method: &str, target: &str, fields: &str, body: &str) -> (u16, String, String) {
        let mut stream = self.begin(method, target, fields, body.len());
        stream.write_all(body.as_bytes()).expect("it reads");
        answer(stream)
    }

    fn get(&self, target: &str) -> (u16, String) {
        let (status, _, body) = self.ask("GET", target, "", "");
        (status, body)
    }
}

/// Reads an answer to its end: the status, the head in small letters and the body, out of its chunks.
fn answer(mut stream: TcpStream) -> (u16, String, String) {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers within the deadline");
    let end = answer.windows(4).position(|end| end == b"\r\n\r\n").expect("a head and a body");
    let head = String::from_utf8_lossy(&answer[..end]).to_ascii_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    let mut body = answer.split_off(end + 4);
    if head.contains("transfer-encoding: chunked") {
        body = unchunked(&body).expect("a body that ends");
    }
    (status, head, String::from_utf8_lossy(&body).into_owned())
}

/// The body out of its chunks, where the last of them is there.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = rest.iter().position(|byte| *byte == b'\r')?;
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..line]).ok()?, 16).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(line + 2..line + 2 + length)?);
        rest = rest.get(line + length + 4..)?;
    }
}

#[test]
fn every_example_shows_its_routes_and_is_checked() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).expect("the examples");
    let names = manifest.split("[[example]]\nname = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let nowhere = Path::new("/nowhere/at/all");
    let mut count = 0;
    for name in names {
        // Neither needs what the program needs to serve.
        let said =
            |flag| command(name, &[("VISITS", nowhere), ("UPLOADS", nowhere)]).arg(flag).output().expect("it runs");
        for (flag, words) in [("--check", "all is well"), ("--routes", "GET ")] {
            let output = said(flag);
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success() && text.contains(words), "{name} {flag}: {output:?}");
        }
        count += 1;
    }
    assert!(count >= 15, "{count} examples");
}
