//! Fuzzes `etag`: see `squall-test-fuzz`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| squall_test_fuzz::run("etag", bytes));
