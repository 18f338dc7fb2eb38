//! Where it listens.

use std::net::TcpListener;

use crate::child::{Child, run};
use crate::connection::get;

const PLAIN: &str = env!("CARGO_BIN_EXE_plain");

#[test]
fn host_and_port_choose_the_address() {
    let child = Child::start(PLAIN, &[], &[("HOST", "127.0.0.2"), ("PORT", "0"), ("SQUALL_PORT", "1")]);
    let address = child.address();
    assert!(address.starts_with("127.0.0.2:"), "{address}");
    let answer = get(&address, "/");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nHello"), "{answer}");
}

#[test]
fn the_command_line_comes_last() {
    let child = Child::start(PLAIN, &["--host=127.0.0.3", "--port", "0"], &[("HOST", "127.0.0.2"), ("PORT", "1")]);
    assert!(child.address().starts_with("127.0.0.3:"));
}

#[test]
fn without_a_word_it_is_port_8888_of_this_machine_alone() {
    // Whoever holds the port, this test or another program, the message names it.
    let _holds = TcpListener::bind(("127.0.0.1", 8888));
    let ended = run(PLAIN, &[], &[]);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert!(ended.err.starts_with("error: cannot listen on 127.0.0.1:8888"), "{}", ended.err);
}

#[test]
fn a_port_in_use_is_told() {
    let holds = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = holds.local_addr().expect("an address");
    let ended = run(PLAIN, &[], &[("PORT", &address.port().to_string())]);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    let want = format!("error: cannot listen on {address}; another program listens there: stop it, or set PORT");
    assert!(ended.err.starts_with(&want), "{}", ended.err);
}

#[test]
fn a_port_that_is_none_names_its_source() {
    for (name, value) in [("PORT", "abc"), ("SQUALL_PORT", "65536")] {
        let ended = run(PLAIN, &[], &[(name, value)]);
        assert_eq!(ended.status.code(), Some(1), "{ended:?}");
        assert!(ended.err.contains(&format!("{name} is \"{value}\"")), "{}", ended.err);
    }
}

#[test]
fn a_host_that_is_the_name_of_the_machine_is_passed_over() {
    let child = Child::start(PLAIN, &[], &[("HOST", "some-name"), ("PORT", "0")]);
    let warning = child.says("HOST");
    assert!(warning.contains("WARN") && warning.contains("some-name"), "{warning}");
    assert!(child.address().starts_with("127.0.0.1:"));
}

#[test]
fn a_host_meant_for_squall_must_be_an_address() {
    let ended = run(PLAIN, &[], &[("SQUALL_HOST", "some-name"), ("PORT", "0")]);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert!(ended.err.contains("SQUALL_HOST is \"some-name\""), "{}", ended.err);
}
