//! What lives beside the requests.

use std::fs;
use std::io::Read as _;
use std::process::Stdio;

use crate::{Example, command, soon};

#[test]
fn what_is_counted_outlives_the_program() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("visits.txt");
    let kept = || fs::read_to_string(&place).unwrap_or_default();

    let example = Example::start_with("state_and_tasks", &[("VISITS", &place)]);
    assert_eq!(kept(), "0", "the start has tried it");
    assert_eq!(example.get("/"), (200, "Welcome, visitor 1\n".to_owned()));
    soon("the first keeping", || (kept() == "1").then_some(()));
    assert_eq!(example.ask("POST", "/robots", "", "").0, 202);
    soon("the work beside", || (kept() == "11").then_some(()));
    assert_eq!(example.get("/").1, "Welcome, visitor 12\n");
    assert_eq!(example.stop(), Some(0));
    assert_eq!(kept(), "12", "the stop has kept it");

    let example = Example::start_with("state_and_tasks", &[("VISITS", &place)]);
    assert_eq!(example.get("/").1, "Welcome, visitor 13\n");
    assert_eq!(example.stop(), Some(0));
}

#[test]
fn an_error_of_the_start_ends_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, "many").expect("a file");
    for (place, why) in [(bad.as_path(), "invalid digit"), (&folder.path().join("no/where"), "No such file")] {
        let mut child =
            command("state_and_tasks", &[("VISITS", place)]).stderr(Stdio::piped()).spawn().expect("it starts");
        let status = soon("the end", || child.try_wait().expect("its state"));
        let mut said = String::new();
        child.stderr.take().expect("its log").read_to_string(&mut said).expect("text");
        assert_eq!(status.code(), Some(1), "{said}");
        assert!(said.contains(why) && !said.contains("panicked"), "{said}");
    }
    assert_eq!(fs::read_to_string(&bad).expect("the file"), "many", "it is left alone");
}
