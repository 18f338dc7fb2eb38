//! How it ends: in order after one signal, at once after a second.

use crate::child::Child;
use crate::connection::Connection;

const PLAIN: &str = env!("CARGO_BIN_EXE_plain");

/// A program with a request in its hands that wants one more byte.
fn busy() -> (Child, Connection) {
    let child = Child::start(PLAIN, &[], &[("PORT", "0")]);
    let mut connection = Connection::open(&child.address());
    connection.send("POST /echo HTTP/1.1\r\nhost: localhost\r\ncontent-length: 3\r\n\r\nab");
    child.says("the handler has begun");
    (child, connection)
}

#[test]
fn a_signal_lets_requests_come_to_their_end() {
    for signal in ["TERM", "INT"] {
        let (child, mut connection) = busy();
        child.signal(signal);
        child.says("stopping");
        connection.send("c");
        let answer = connection.rest();
        assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nabc"), "{signal}: {answer}");
        let ended = child.end();
        assert_eq!(ended.status.code(), Some(0), "{signal}: {ended:?}");
    }
}

#[test]
fn a_second_signal_ends_at_once() {
    let (child, connection) = busy();
    child.signal("INT");
    child.says("stopping");
    child.signal("TERM");
    assert_eq!(connection.rest(), "", "the request was not answered");
    let ended = child.end();
    assert_eq!(ended.status.code(), Some(0), "{ended:?}");
    assert!(ended.err.contains("connections are cut off"), "{}", ended.err);
}

#[test]
fn a_blocking_verb_does_not_hold_up_the_second_signal() {
    let child = Child::start(env!("CARGO_BIN_EXE_waiting"), &[], &[("PORT", "0")]);
    let mut connection = Connection::open(&child.address());
    connection.send("GET / HTTP/1.1\r\nhost: localhost\r\n\r\n");
    child.says("the handler has begun");
    child.signal("TERM");
    child.says("stopping");
    child.signal("TERM");
    assert_eq!(connection.rest(), "");
    assert_eq!(child.end().status.code(), Some(0));
}

#[test]
fn a_hook_of_the_stop_does_not_hold_up_the_second_signal() {
    let child = Child::start(env!("CARGO_BIN_EXE_hanging"), &[], &[("PORT", "0")]);
    // It listens, and to signals, too.
    let _ = child.address();
    child.signal("TERM");
    child.says("the hook has begun");
    child.signal("TERM");
    assert_eq!(child.end().status.code(), Some(0));
}

#[test]
fn idle_connections_do_not_delay_the_end() {
    let child = Child::start(PLAIN, &[], &[("PORT", "0")]);
    let idle = Connection::open(&child.address());
    child.signal("TERM");
    assert_eq!(idle.rest(), "");
    assert_eq!(child.end().status.code(), Some(0));
}
