//! One file compiled in a library and in its program is one declaration.

use std::process::Command;

#[test]
fn a_file_compiled_twice_registers_its_routes_once() {
    let program = env!("CARGO_BIN_EXE_squall-test-twice");
    let output = Command::new(program).arg("--routes").env_remove("SQUALL_RUN").output().expect("the program is built");
    let table = String::from_utf8_lossy(&output.stdout);
    let methods: Vec<&str> = table.lines().filter_map(|line| line.split_whitespace().next()).collect();
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{report}");
    assert_eq!(methods, ["DELETE", "GET"], "{table}");
}
