//! What users may write: each case compiles, and its `main` runs.

#[test]
fn uses() {
    trybuild::TestCases::new().pass("pass/*.rs");
}
