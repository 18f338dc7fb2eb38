//! Comparisons of squall with its peers, in one run on one machine.
//!
//! - [`endpoints`]: what is asked for and what every peer must answer
//! - [`peers`]: the servers under comparison, one file each
//! - [`server`]: a peer as a child process, pinned to a core, ended for certain
//! - [`load`]: throughput and latency under wrk, as ratios to raw hyper
//! - [`instructions`]: user-space instructions a request, under callgrind
//! - [`client`], [`child`], [`table`]: what these stand on
//!
//! A new peer is a file in `peers/` and a line in [`peers::PEERS`]; a new endpoint is an entry in
//! [`endpoints::ENDPOINTS`] and a route in every peer. `tests/same_answers.rs` then holds them to the same bytes.

pub mod child;
pub mod client;
pub mod endpoints;
pub mod instructions;
pub mod load;
pub mod peers;
pub mod server;
pub mod table;

/// What this package returns where something can go wrong: the reason, for a person to read.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;
