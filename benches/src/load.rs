//! Throughput and latency: wrk on a core of its own, in interleaved rounds, as ratios to the baseline of the same round.

use std::io::Read as _;
use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::child::Guard;
use crate::endpoints::{ENDPOINTS, Endpoint};
use crate::peers::Peer;
use crate::server::Server;
use crate::table::{Spread, Table};
use crate::{Result, child};

/// The load generator has this core to itself.
pub const LOAD_CORE: &str = "1";

/// What wrk may take above the time it was given.
const GRACE: Duration = Duration::from_secs(15);

/// A server that had less of its core than this was disturbed (or faster than wrk), and is measured again, but only so
/// often.
const BUSY: f64 = 0.95;
const ATTEMPTS: usize = 4;

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How often every peer meets every endpoint.
    pub rounds: usize,
    /// How long wrk runs each time, in seconds.
    pub seconds: u64,
}

/// What one run of wrk showed.
#[derive(Clone, Copy, Debug)]
struct Sample {
    /// Requests a second.
    rate: f64,
    /// The latency that 99 % of the requests stay below, in microseconds.
    p99: f64,
    /// Processor time of the server for a request, in seconds: its own code and the kernel's.
    cost: f64,
    /// The part of the time that the server's core was busy with it. Where this is well below 1, wrk was the slower one.
    busy: f64,
}

/// What is printed of a sample: a title, and the number that becomes a ratio.
type Figure = (&'static str, fn(&Sample) -> f64);

const FIGURES: &[Figure] = &[
    ("Requests a second (higher is better)", |sample| sample.rate),
    ("Processor time of the server for a request, kernel included (lower is better)", |sample| sample.cost),
    ("99th percentile of latency (lower is better)", |sample| sample.p99),
];

/// Measures, and prints a table of ratios for each of [`FIGURES`]. The first of `peers` is the baseline; it runs a
/// second time in every round, as if it were one more peer: what that column is off 1 is noise.
pub fn compare(peers: &[Peer], plan: Plan) -> Result<()> {
    child::require("taskset", "util-linux")?;
    child::require("wrk", "wrk")?;
    let baseline = peers.first().ok_or("no peers")?;
    let contenders: Vec<_> = peers.iter().chain([baseline]).collect();
    let mut headings: Vec<_> = peers[1..].iter().map(|peer| peer.name.to_owned()).collect();
    headings.insert(0, "endpoint".to_owned());
    headings.push(format!("{} again", baseline.name));
    let mut tables: Vec<_> = FIGURES.iter().map(|_| Table::new(headings.clone())).collect();
    let mut idlest = f64::INFINITY;

    for endpoint in ENDPOINTS {
        let mut rounds = Vec::new();
        for number in 0..plan.rounds {
            eprintln!("{}: round {} of {}", endpoint.name, number + 1, plan.rounds);
            rounds.push(round(&contenders, endpoint, plan.seconds, number)?);
        }
        idlest = rounds.iter().flatten().map(|sample| sample.busy).fold(idlest, f64::min);
        for ((_, figure), table) in FIGURES.iter().zip(&mut tables) {
            let columns = (1..contenders.len()).map(|column| {
                let ratios = rounds.iter().map(|samples| figure(&samples[column]) / figure(&samples[0]));
                Spread::of(ratios.collect()).map_or_else(String::new, |spread| spread.to_string())
            });
            table.row([endpoint.name.to_owned()].into_iter().chain(columns));
        }
    }

    println!("Ratios to {}: median (quartiles) of {} rounds of {} s\n", baseline.name, plan.rounds, plan.seconds);
    for ((title, _), table) in FIGURES.iter().zip(&tables) {
        println!("{title}\n\n{table}");
    }
    println!("The servers were busy for at least {:.0} % of the time.\n", idlest * 100.0);
    Ok(())
}

/// One sample of each, in their order, but begun with another one in each round, so that none always has the same
/// moment and the same neighbour.
fn round(contenders: &[&Peer], endpoint: &Endpoint, seconds: u64, number: usize) -> Result<Vec<Sample>> {
    let shift = number % contenders.len();
    let (late, early) = contenders.split_at(shift);
    let mut samples =
        early.iter().chain(late).map(|peer| undisturbed(peer, endpoint, seconds)).collect::<Result<Vec<_>>>()?;
    samples.rotate_right(shift);
    Ok(samples)
}

/// A sample taken while nothing else ran on the server's core, or the last of a few attempts.
fn undisturbed(peer: &Peer, endpoint: &Endpoint, seconds: u64) -> Result<Sample> {
    for _ in 1..ATTEMPTS {
        let sample = sample(peer, endpoint, seconds)?;
        if sample.busy >= BUSY {
            return Ok(sample);
        }
    }
    sample(peer, endpoint, seconds)
}

/// A fresh process each time: where the loader and the allocator put things is drawn anew.
fn sample(peer: &Peer, endpoint: &Endpoint, seconds: u64) -> Result<Sample> {
    let server = Server::start(peer.name, &[])?;
    drop(server.connect(endpoint)?);
    wrk(server.address(), endpoint, 1)?;
    let before = server.processor_time()?;
    let report = wrk(server.address(), endpoint, seconds)?;
    let used = server.processor_time()?.saturating_sub(before).as_secs_f64();
    server.stop()?;
    let cost = used / report.requests;
    Ok(Sample { rate: report.rate, p99: report.p99, cost, busy: report.rate * cost })
}

/// What wrk saw.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Report {
    rate: f64,
    requests: f64,
    p99: f64,
}

fn wrk(address: SocketAddr, endpoint: &Endpoint, seconds: u64) -> Result<Report> {
    let mut command = Command::new("taskset");
    command.args(["-c", LOAD_CORE, "wrk", "-t1", "-c64", &format!("-d{seconds}s"), "--latency"]);
    command.arg(format!("http://{address}{}", endpoint.target)).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut process = Guard::spawn(&mut command)?;
    let status = process.wait(Duration::from_secs(seconds) + GRACE)?;
    // Some hundred bytes, which the pipe holds until now.
    let mut report = String::new();
    process.child().stdout.take().ok_or("a child without standard output")?.read_to_string(&mut report)?;
    if !status.success() {
        return Err(format!("wrk ended with {status}\n{report}").into());
    }
    parse(&report).ok_or_else(|| format!("wrk reports trouble\n{report}").into())
}

/// Takes wrk's report apart; `None` if it lacks a number or tells of failed requests.
fn parse(report: &str) -> Option<Report> {
    if report.contains("Non-2xx") || report.contains("Socket errors") {
        return None;
    }
    let field = |name| report.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let requests = report.lines().find_map(|line| line.trim().split_once(" requests in "))?.0;
    Some(Report {
        rate: field("Requests/sec:")?.parse().ok()?,
        requests: requests.parse().ok()?,
        p99: microseconds(field("99%")?)?,
    })
}

/// wrk writes `812.00us`, `1.23ms` or `1.20s`.
fn microseconds(text: &str) -> Option<f64> {
    let (number, factor) = if let Some(number) = text.strip_suffix("us") {
        (number, 1.0)
    } else if let Some(number) = text.strip_suffix("ms") {
        (number, 1e3)
    } else {
        (text.strip_suffix('s')?, 1e6)
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
Running 1s test @ http://127.0.0.1:4000/plaintext
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   600.12us   50.00us   2.00ms   90.00%
  Latency Distribution
     50%  590.00us
     99%    1.25ms
  100000 requests in 1.00s, 12.00MB read
Requests/sec: 100000.50
Transfer/sec:     12.00MB
";

    #[test]
    fn a_report_is_understood() {
        assert_eq!(parse(REPORT), Some(Report { rate: 100_000.5, requests: 100_000.0, p99: 1250.0 }));
    }

    #[test]
    fn failed_requests_are_no_result() {
        assert_eq!(parse(&format!("{REPORT}  Non-2xx or 3xx responses: 7\n")), None);
        assert_eq!(parse(&format!("{REPORT}  Socket errors: connect 0, read 1, write 0, timeout 0\n")), None);
    }
}
