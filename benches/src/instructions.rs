//! User-space instructions a request, counted by callgrind: two runs of different length, and the slope between them,
//! so that start-up and shutdown cancel out.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs, process, thread};

use crate::endpoints::{ENDPOINTS, Endpoint};
use crate::peers::Peer;
use crate::server::Server;
use crate::table::Table;
use crate::{Result, child};

/// Requests in the two runs. The difference quotient has no use for larger ones: the count is steady to about one in a
/// thousand.
const SHORT: u32 = 500;
const LONG: u32 = 3_500;

/// Longer than a server under callgrind needs to go back to sleep. So each request is one wake-up, one read and one
/// write, whichever process the scheduler favours; without the pause some requests would meet a server still awake.
const PAUSE: Duration = Duration::from_millis(1);

/// Counts, and prints one table. The first of `peers` is the baseline. The profiles stay in `profiles`, if
/// given, for `callgrind_annotate`.
pub fn compare(peers: &[Peer], profiles: Option<&Path>) -> Result<()> {
    child::require("taskset", "util-linux")?;
    child::require("valgrind", "valgrind")?;
    let headings = peers.iter().flat_map(|peer| [peer.name.to_owned(), "ratio".to_owned()]);
    let mut table = Table::new(["endpoint".to_owned()].into_iter().chain(headings));
    for endpoint in ENDPOINTS {
        let mut row = vec![endpoint.name.to_owned()];
        let mut baseline = None;
        for peer in peers {
            eprintln!("{}: counting {}", endpoint.name, peer.name);
            let count = slope(*peer, endpoint, profiles)?;
            let base = *baseline.get_or_insert(count);
            row.extend([format!("{count:.0}"), format!("{:.3}", count / base)]);
        }
        table.row(row);
    }
    println!("User-space instructions a request, and their ratio to {} (lower is better)\n", peers[0].name);
    println!("{table}");
    Ok(())
}

fn slope(peer: Peer, endpoint: &Endpoint, profiles: Option<&Path>) -> Result<f64> {
    let short = count(peer, endpoint, SHORT, profiles)?;
    let long = count(peer, endpoint, LONG, profiles)?;
    let instructions = long.checked_sub(short).ok_or("more requests took fewer instructions")?;
    // Both are far below 2^52, where an f64 still holds every integer.
    #[allow(clippy::cast_precision_loss)]
    Ok(instructions as f64 / f64::from(LONG - SHORT))
}

/// The instructions of a whole run with this many requests on one kept-alive connection.
fn count(peer: Peer, endpoint: &Endpoint, requests: u32, profiles: Option<&Path>) -> Result<u64> {
    let profile = Profile::new(peer, endpoint, requests, profiles);
    let file = format!("--callgrind-out-file={}", profile.path.display());
    let server = Server::start(peer.name, &["valgrind", "--tool=callgrind", "--quiet", &file])?;
    let mut connection = server.connect(endpoint)?;
    for _ in 1..requests {
        thread::sleep(PAUSE);
        connection.get(endpoint.target)?.check(endpoint)?;
    }
    drop(connection);
    server.stop()?;
    let text = fs::read_to_string(&profile.path)?;
    total(&text).ok_or_else(|| "callgrind wrote no totals".into())
}

/// A file of callgrind's, removed when nobody asked to keep it.
struct Profile {
    path: PathBuf,
    keep: bool,
}

impl Profile {
    fn new(peer: Peer, endpoint: &Endpoint, requests: u32, directory: Option<&Path>) -> Self {
        let name = format!("callgrind.{}.{}.{requests}", endpoint.name, peer.name);
        match directory {
            Some(directory) => Self { path: directory.join(name), keep: true },
            None => Self { path: env::temp_dir().join(format!("{name}.{}", process::id())), keep: false },
        }
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        if !self.keep {
            fs::remove_file(&self.path).ok();
        }
    }
}

/// The total that ends callgrind's file: `totals: 123456`.
fn total(profile: &str) -> Option<u64> {
    profile.lines().rev().find_map(|line| line.strip_prefix("totals:"))?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found() {
        assert_eq!(total("events: Ir\nsummary: 7\nfn=(1) main\n1 7\ntotals: 7\n"), Some(7));
        assert_eq!(total("events: Ir\n"), None);
    }
}
