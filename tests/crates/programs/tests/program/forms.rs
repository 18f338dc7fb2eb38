//! The forms that the builder function may have.

use crate::child::{Child, run};
use crate::connection::get;

/// What a program answers to GET on `/`.
fn served(program: &str) -> String {
    let child = Child::start(program, &[], &[("PORT", "0")]);
    let answer = get(&child.address(), "/");
    answer.rsplit("\r\n").next().unwrap_or_default().to_owned()
}

#[test]
fn the_builder_may_be_called_main() {
    assert_eq!(served(env!("CARGO_BIN_EXE_named_main")), "main");
}

#[test]
fn the_builder_need_not_be_async() {
    assert_eq!(served(env!("CARGO_BIN_EXE_not_async")), "plain");
}

#[test]
fn a_builder_that_fails_says_why() {
    for arguments in [&[][..], &["--check"], &["--routes"]] {
        let ended = run(env!("CARGO_BIN_EXE_failing"), arguments, &[("PORT", "0")]);
        assert_eq!(ended.status.code(), Some(1), "{ended:?}");
        assert_eq!(ended.err, "error: the application could not be built: \"the cellar is empty\"\n");
        assert_eq!(ended.out, "");
    }
}
