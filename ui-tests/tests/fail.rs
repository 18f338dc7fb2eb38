//! What users do wrong, and what the compiler says to it. `TRYBUILD=overwrite` records the messages anew: read them.

#[test]
fn mistakes() {
    trybuild::TestCases::new().compile_fail("fail/*/*.rs");
}
