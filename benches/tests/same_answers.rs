//! Every peer answers every endpoint with the same bytes, or the comparison would compare different work.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::thread;

use squall_benches::Result;
use squall_benches::client::{Answer, Connection};
use squall_benches::endpoints::{ENDPOINTS, RESOURCES};
use squall_benches::peers::{PEERS, Peer, Stop};

/// Runs the peer in this process while `ask` asks.
fn with<T>(peer: Peer, ask: impl FnOnce(SocketAddr) -> Result<T>) -> Result<T> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let address = listener.local_addr()?;
    let (stopper, stop) = Stop::channel();
    let server = thread::spawn(move || (peer.serve)(listener, stop));
    let answer = ask(address);
    drop(stopper);
    server.join().map_err(|_| format!("{} panicked", peer.name))??;
    answer
}

/// What of an answer must be the same: all of it but the time.
fn timeless(answer: Answer) -> (u16, BTreeMap<String, String>, Vec<u8>) {
    let headers = answer.headers.into_iter().filter(|(name, _)| name != "date").collect();
    (answer.status, headers, answer.body)
}

#[test]
fn measured_endpoints() -> Result<()> {
    for endpoint in ENDPOINTS {
        let mut first = None;
        for peer in PEERS {
            let answer = with(*peer, |address| {
                let mut connection = Connection::open(address)?;
                connection.get(endpoint.target)?.check(endpoint)?;
                // The second one on the same connection is the one that counts: connections are kept alive.
                connection.get(endpoint.target)
            })?;
            answer.check(endpoint)?;
            assert!(answer.header("date").is_some(), "{} sends no date", peer.name);
            let answer = timeless(answer);
            assert_eq!(&answer, first.get_or_insert_with(|| answer.clone()), "{} on {}", peer.name, endpoint.name);
        }
    }
    Ok(())
}

#[test]
fn the_routes_beside_them() -> Result<()> {
    for peer in PEERS {
        with(*peer, |address| {
            let mut connection = Connection::open(address)?;
            for n in 0..RESOURCES {
                for (target, body) in [(format!("/api/v1/res{n}"), "list"), (format!("/api/v1/res{n}/7/sub"), "sub")] {
                    let answer = connection.get(&target)?;
                    let text = String::from_utf8_lossy(&answer.body);
                    assert_eq!((answer.status, text.as_ref()), (200, body), "{} on {target}", peer.name);
                }
            }
            assert_eq!(connection.get(&format!("/api/v1/res{RESOURCES}"))?.status, 404, "{}", peer.name);
            assert_eq!(connection.get("/users/x/posts/1?verbose=true")?.status, 400, "{}", peer.name);
            Ok(())
        })?;
    }
    Ok(())
}
