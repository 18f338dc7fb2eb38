//! The library and the programs of one package are one application.

use std::process::Command;

use squall::testing::TestClient;
use squall_test_shop::app;

/// What a program of this package prints, on both streams.
fn output(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).env_remove("SQUALL_RUN").output().expect("the program is built");
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{out}{err}")
}

#[tokio::test]
async fn the_application_of_the_library_is_tested_from_outside() -> squall::Result<()> {
    let client = TestClient::new(app().await);
    assert_eq!(client.get("/").await?.text()?, "Welcome to the corner");
    assert_eq!(client.get("/health").await?.status(), 404, "the program is not linked here");
    Ok(())
}

#[test]
fn a_program_serves_the_handlers_of_its_library_and_its_own() {
    let table = output(env!("CARGO_BIN_EXE_squall-test-shop"), "--routes");
    let routes: Vec<&str> = table.lines().filter_map(|line| line.split_whitespace().nth(1)).collect();
    assert_eq!(routes, ["/", "/health"], "{table}");
    assert!(table.contains("src/lib.rs:") && table.contains("src/main.rs:"), "{table}");
}

#[test]
fn a_program_that_never_names_its_library_serves_it_all_the_same() {
    let report = output(env!("CARGO_BIN_EXE_unnamed"), "--check");
    assert!(report.contains("GET / in index"), "{report}");
    assert!(report.contains("squall_test_shop::Name"), "{report}");
}
