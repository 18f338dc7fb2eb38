//! A peer as a child process: how it is started, how it says where it listens, how it ends.
//!
//! The child stops when its standard input ends. So it stops when it is told to, and also when the process that started
//! it is gone, whatever the reason.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, io, thread};

use crate::child::Guard;
use crate::client::Connection;
use crate::endpoints::Endpoint;
use crate::peers::Stop;
use crate::{Result, peers};

/// The servers have this core to themselves.
pub const SERVER_CORE: &str = "0";

/// Both are long because of callgrind.
const START: Duration = Duration::from_secs(60);
const END: Duration = Duration::from_secs(60);

/// The child's side: serves the peer of this name on a free loopback port, and says which on the first line of its
/// output.
pub fn serve(name: &str) -> Result<()> {
    let peer = peers::by_name(name)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let mut output = io::stdout();
    writeln!(output, "{}", listener.local_addr()?)?;
    output.flush()?;

    let (stopper, stop) = Stop::channel();
    thread::spawn(move || {
        // Nothing is ever written to it: what counts is that it ends.
        io::copy(&mut io::stdin().lock(), &mut io::sink()).ok();
        drop(stopper);
    });
    (peer.serve)(listener, stop)
}

/// The driver's side: a running peer.
#[derive(Debug)]
pub struct Server {
    process: Guard,
    address: SocketAddr,
}

impl Server {
    /// Starts the peer of this name on [`SERVER_CORE`], below `wrapper` (a program and its arguments) if there is one.
    pub fn start(name: &str, wrapper: &[&str]) -> Result<Self> {
        let mut command = Command::new("taskset");
        command.args(["-c", SERVER_CORE]).args(wrapper).arg(env::current_exe()?).args(["serve", name]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = Guard::spawn(&mut command)?;
        let output = process.child().stdout.take().ok_or("a child without standard output")?;

        // A read from a pipe has no time limit, a channel has. The thread ends with the pipe, that is, with the child.
        let (sender, line) = mpsc::channel();
        thread::spawn(move || {
            let mut line = String::new();
            let read = BufReader::new(output).read_line(&mut line);
            sender.send(read.map(|_| line)).ok();
        });
        let line = line.recv_timeout(START).map_err(|_| format!("{name} did not start in time"))??;
        let address = line.trim().parse().map_err(|_| format!("{name} ended before it listened"))?;
        Ok(Self { process, address })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Connects, and makes sure that the peer answers as it must, for a number without a right answer is worth nothing.
    pub fn connect(&self, endpoint: &Endpoint) -> Result<Connection> {
        let mut connection = Connection::open(self.address)?;
        connection.get(endpoint.target)?.check(endpoint)?;
        Ok(connection)
    }

    /// The processor time that the server has used so far, in its own code and in the kernel's, in steps of 10 ms.
    pub fn processor_time(&self) -> Result<Duration> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        // proc_pid_stat(5): fields 14 and 15, counted from the state, which is field 3 and follows the name in brackets.
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
        let ticks = fields.skip(11).take(2).map(str::parse::<u64>).sum::<std::result::Result<u64, _>>()?;
        // A tick is a hundredth of a second in everything that Linux shows to programs.
        Ok(Duration::from_millis(ticks * 10))
    }

    /// Ends the server in order, so that whatever wraps it can write its totals.
    pub fn stop(mut self) -> Result<()> {
        drop(self.process.child().stdin.take());
        let status = self.process.wait(END)?;
        if status.success() { Ok(()) } else { Err(format!("the server ended with {status}").into()) }
    }
}
