//! A program under test: started, read line by line, never left behind. Every wait has an end.

use std::io::{BufRead as _, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

/// How long a program may take to say or do what is expected of it, on a machine that is busy.
pub(crate) const LIMIT: Duration = Duration::from_secs(60);

/// What could be set where the tests run, and must not reach the programs.
const VARIABLES: [&str; 9] =
    ["HOST", "PORT", "SQUALL_HOST", "SQUALL_PORT", "SQUALL_RUN", "NO_COLOR", "CLICOLOR_FORCE", "RUST_LOG", "TERM"];

/// A program that runs. It is killed when this is dropped.
pub(crate) struct Child {
    process: std::process::Child,
    out: Receiver<String>,
    err: Receiver<String>,
}

/// A program that has ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) status: ExitStatus,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Child {
    /// Starts a program with these arguments and variables.
    pub(crate) fn start(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program);
        VARIABLES.iter().for_each(|name| {
            command.env_remove(name);
        });
        command.args(arguments).envs(variables.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("the program is built");
        let out = lines(process.stdout.take().expect("standard output is a pipe"));
        let err = lines(process.stderr.take().expect("standard error is a pipe"));
        Self { process, out, err }
    }

    /// Waits for a line on standard error that contains this.
    pub(crate) fn says(&self, part: &str) -> String {
        let mut before = String::new();
        loop {
            match self.err.recv_timeout(LIMIT) {
                Ok(line) if line.contains(part) => return line,
                Ok(line) => before.extend([line.as_str(), "\n"]),
                Err(error) => panic!("no line with {part:?} ({error}), but:\n{before}"),
            }
        }
    }

    /// Waits until it listens, and gives the address.
    pub(crate) fn address(&self) -> String {
        let line = self.says("listening on http://");
        let (_, address) = line.rsplit_once("http://").expect("the line holds an address");
        address.to_owned()
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) {
        // The shell has a `kill` of its own, and the standard library sends no signal but one.
        let line = format!("kill -{name} {}", self.process.id());
        let sent = Command::new("sh").args(["-c", &line]).status().expect("there is a shell");
        assert!(sent.success(), "{line}");
    }

    /// Waits for its end.
    pub(crate) fn end(mut self) -> Ended {
        let (out, err) = (all(&self.out), all(&self.err));
        // Both pipes are closed, so it has ended or is about to.
        let status = self.process.wait().expect("the program is ours to wait for");
        Ended { status, out, err }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        // Both fail where it has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a program to its end.
pub(crate) fn run(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Ended {
    Child::start(program, arguments, variables).end()
}

/// The lines of a stream as they come, read by a thread that ends with it.
fn lines(stream: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Every line until the stream is closed.
fn all(lines: &Receiver<String>) -> String {
    let mut text = String::new();
    loop {
        match lines.recv_timeout(LIMIT) {
            Ok(line) => text.extend([line.as_str(), "\n"]),
            Err(RecvTimeoutError::Disconnected) => return text,
            Err(RecvTimeoutError::Timeout) => panic!("the program does not end; so far it said:\n{text}"),
        }
    }
}
