//! The command line of the comparison.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use squall_benches::load::Plan;
use squall_benches::peers::{PEERS, Peer};
use squall_benches::{Result, instructions, load, peers, server};

const USAGE: &str = "\
compare [throughput|instructions] [OPTIONS]   both, if neither is named
compare serve PEER                            one peer, until standard input ends

  --peers a,b       only these and the baseline
  --rounds N        of throughput, 5 to 100 [7]
  --seconds N       of every measurement of throughput, 1 to 60 [4]
  --profiles DIR    keep the profiles of callgrind in this directory";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("compare: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let (mut throughput, mut counts) = (true, true);
    let mut peers = PEERS.to_vec();
    let mut plan = Plan { rounds: 7, seconds: 4 };
    let mut profiles = None;
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("`{argument}` needs a value\n\n{USAGE}"));
        match argument.as_str() {
            "serve" => return server::serve(&value()?),
            "throughput" => counts = false,
            "instructions" => throughput = false,
            "--peers" => peers = select(&value()?)?,
            "--rounds" => plan.rounds = value()?.parse()?,
            "--seconds" => plan.seconds = value()?.parse()?,
            "--profiles" => profiles = Some(PathBuf::from(value()?)),
            _ => return Err(format!("`{argument}` is not known\n\n{USAGE}").into()),
        }
    }
    if !(5..=100).contains(&plan.rounds) || !(1..=60).contains(&plan.seconds) {
        return Err(format!("too few or too many rounds or seconds\n\n{USAGE}").into());
    }
    if throughput {
        load::compare(&peers, plan)?;
    }
    if counts {
        instructions::compare(&peers, profiles.as_deref())?;
    }
    Ok(())
}

/// The baseline and the peers of these names, in the order of [`PEERS`].
fn select(names: &str) -> Result<Vec<Peer>> {
    let wanted = names.split(',').map(peers::by_name).collect::<Result<Vec<_>>>()?;
    let (baseline, others) = PEERS.split_first().ok_or("no peers")?;
    let chosen = others.iter().filter(|peer| wanted.iter().any(|wanted| wanted.name == peer.name));
    Ok([baseline].into_iter().chain(chosen).copied().collect())
}
