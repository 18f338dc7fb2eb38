//! Child processes that end for certain: by themselves, or killed by their id when their guard goes.

use std::io::ErrorKind;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;

const POLL: Duration = Duration::from_millis(10);
const PATIENCE: Duration = Duration::from_secs(10);

/// Fails with the name of the Debian package when `program` is not installed. Asked before the work begins, as
/// `taskset` and `valgrind` hide what became of the program they start.
pub fn require(program: &str, package: &str) -> Result<()> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.spawn() {
        Ok(child) => Guard(child).wait(PATIENCE).map(drop),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(format!("`{program}` is not installed; on Debian: apt-get install {package}").into())
        }
        Err(error) => Err(error.into()),
    }
}

/// A running child. Dropped, it is killed and reaped.
#[derive(Debug)]
pub struct Guard(Child);

impl Guard {
    /// Starts `command`.
    pub fn spawn(command: &mut Command) -> Result<Self> {
        Ok(Self(command.spawn()?))
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// The process itself, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Waits for the child to end by itself, within `limit`.
    pub fn wait(&mut self, limit: Duration) -> Result<ExitStatus> {
        let deadline = Instant::now() + limit;
        while Instant::now() < deadline {
            if let Some(status) = self.0.try_wait()? {
                return Ok(status);
            }
            thread::sleep(POLL);
        }
        Err(format!("process {} did not end within {} s", self.0.id(), limit.as_secs()).into())
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        // Both are no-ops for a child that was waited for, so no other process can get its id in between.
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
