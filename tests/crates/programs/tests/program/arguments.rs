//! The command line, and `SQUALL_RUN`, which says the same.

use serde_json::Value;

use crate::child::{Child, run};
use crate::connection::get;

const PLAIN: &str = env!("CARGO_BIN_EXE_plain");
const FAULTY: &str = env!("CARGO_BIN_EXE_faulty");
const WITHOUT_ARGS: &str = env!("CARGO_BIN_EXE_without_args");

#[test]
fn routes_prints_the_table() {
    let ended = run(PLAIN, &["--routes"], &[]);
    assert!(ended.status.success(), "{ended:?}");
    let rows: Vec<Vec<&str>> = ended.out.lines().map(|line| line.split_whitespace().collect()).collect();
    assert_eq!(rows.len(), 2, "{}", ended.out);
    assert_eq!(rows[0][..3], ["GET", "/", "index"]);
    assert_eq!(rows[1][..3], ["POST", "/echo", "echo"]);
    for row in rows {
        let (file, line) = row[3].rsplit_once(':').expect("file and line");
        assert!(file.ends_with("src/bin/plain.rs"), "{file}");
        assert!(line.parse::<u32>().is_ok_and(|line| line > 1), "{line}");
    }
}

#[test]
fn routes_as_json_is_for_programs() {
    let ended = run(PLAIN, &["--routes=json"], &[]);
    assert!(ended.status.success(), "{ended:?}");
    let table: Value = serde_json::from_str(&ended.out).expect("JSON");
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let rows = table.as_array().expect("an array");
    let routes: Vec<_> = rows.iter().map(|row| ["method", "path", "handler"].map(|key| text(row, key))).collect();
    assert_eq!(routes, [["GET", "/", "index"], ["POST", "/echo", "echo"]]);
    for row in rows {
        assert!(text(row, "file").ends_with("src/bin/plain.rs"), "{row}");
        assert!(row["line"].as_u64().is_some_and(|line| line > 1), "{row}");
        assert_eq!(text(row, "package"), "squall-test-programs");
        assert_eq!(text(row, "module"), "plain");
    }
}

#[test]
fn the_order_of_modules_changes_no_table() {
    let forward = run(env!("CARGO_BIN_EXE_order_forward"), &["--routes"], &[]);
    let reversed = run(env!("CARGO_BIN_EXE_order_reversed"), &["--routes"], &[]);
    let routes: Vec<_> = forward.out.lines().map(|line| line.split_whitespace().take(2).collect::<Vec<_>>()).collect();
    let want = [["GET", "/a/a"], ["GET", "/a/{x}"], ["DELETE", "/b"], ["GET", "/b"], ["POST", "/b"], ["GET", "/z"]];
    assert_eq!(routes, want, "{}", forward.out);
    assert_eq!(forward.out, reversed.out);
}

#[test]
fn check_says_that_all_is_well() {
    let ended = run(PLAIN, &["--check"], &[]);
    assert!(ended.status.success(), "{ended:?}");
    assert_eq!(ended.out, "all is well: 2 routes\n");
    assert_eq!(ended.err, "");
}

#[test]
fn check_reports_every_fault_and_fails() {
    let ended = run(FAULTY, &["--check"], &[]);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert_eq!(ended.out, "");
    let titles: Vec<&str> = ended.err.lines().filter(|line| line.starts_with(char::is_numeric)).collect();
    assert_eq!(
        titles,
        [
            "1. /admin/{page} and /{user}/settings both match /admin/settings, and neither is more exact",
            "2. no state of type `faulty::Cellar` is given, and handlers need it",
        ]
    );
}

#[test]
fn a_program_with_faults_opens_no_port() {
    let ended = run(FAULTY, &[], &[("PORT", "0")]);
    assert_eq!(ended.status.code(), Some(1), "{ended:?}");
    assert!(ended.err.starts_with("the application cannot start: 2 faults\n"), "{}", ended.err);
    assert!(!ended.err.contains("listening"), "{}", ended.err);
}

#[test]
fn a_report_that_no_terminal_shows_has_no_colour() {
    for variables in [&[][..], &[("NO_COLOR", "1")], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]] {
        let ended = run(FAULTY, &["--check"], variables);
        assert!(!ended.err.contains('\x1b'), "{variables:?}: {}", ended.err);
    }
}

#[test]
fn colour_can_be_asked_for() {
    let plain = run(FAULTY, &["--check"], &[("CLICOLOR_FORCE", "0")]).err;
    let coloured = run(FAULTY, &["--check"], &[("CLICOLOR_FORCE", "1")]).err;
    assert!(!plain.contains('\x1b'), "{plain}");
    assert!(coloured.starts_with("\x1b[1;31mthe application cannot start"), "{coloured}");
    assert!(coloured.lines().count() == plain.lines().count(), "{coloured}");
}

#[test]
fn the_environment_can_ask_for_what_the_arguments_do() {
    assert_eq!(run(PLAIN, &[], &[("SQUALL_RUN", "check")]).out, "all is well: 2 routes\n");
    let table = run(PLAIN, &["--routes"], &[]).out;
    assert_eq!(run(PLAIN, &[], &[("SQUALL_RUN", "routes")]).out, table);
    let json = run(PLAIN, &["--routes=json"], &[]).out;
    assert_eq!(run(PLAIN, &[], &[("SQUALL_RUN", "routes=json")]).out, json);
    assert_eq!(run(FAULTY, &[], &[("SQUALL_RUN", "check")]).status.code(), Some(1));
}

#[test]
fn the_description_is_printed_as_json() {
    let ended = run(PLAIN, &["--openapi"], &[]);
    assert!(ended.status.success(), "{ended:?}");
    let document: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert!(document["paths"]["/echo"]["post"].is_object(), "{document}");
}

#[test]
fn what_it_does_not_know_is_an_error_of_its_own() {
    for (arguments, variables) in
        [(&["--rotes"][..], &[][..]), (&["serve"], &[]), (&["--port"], &[]), (&[], &[("SQUALL_RUN", "nonsense")])]
    {
        let ended = run(PLAIN, arguments, variables);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?} {variables:?}: {ended:?}");
        assert!(ended.err.starts_with("error: "), "{}", ended.err);
        assert_eq!(ended.out, "");
    }
}

#[test]
fn help_lists_every_option() {
    let ended = run(PLAIN, &["--help"], &[]);
    assert!(ended.status.success(), "{ended:?}");
    for option in ["--host", "--port", "--routes[=json]", "--check", "--openapi", "--help", "SQUALL_RUN"] {
        assert!(ended.out.contains(option), "{option}: {}", ended.out);
    }
}

#[test]
fn a_program_may_keep_its_arguments_to_itself() {
    let child = Child::start(WITHOUT_ARGS, &["--check", "--rotes"], &[("PORT", "0")]);
    assert!(get(&child.address(), "/").ends_with("no arguments"));
    assert_eq!(run(WITHOUT_ARGS, &["--rotes"], &[("SQUALL_RUN", "check")]).out, "all is well: 1 route\n");
}
