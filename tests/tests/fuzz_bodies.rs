//! The fuzz targets on random input, so that the stable compiler builds and runs them.

use std::collections::BTreeSet;

use proptest::prelude::*;
use squall_test_fuzz::TARGETS;

/// What random bytes would hit too seldom.
const WORDS: [&str; 76] = [
    "%",
    "%2",
    "%2F",
    "%2e",
    "%00",
    "%FF",
    "%C3%A9",
    "%zz",
    "+",
    " ",
    "&",
    "&&",
    "=",
    "==",
    ";",
    "; ",
    ",",
    "\"",
    "\\",
    "\\073",
    "/",
    "//",
    "/\\",
    ".",
    "..",
    "/../",
    "?",
    "#",
    "*",
    "{",
    "}",
    "{*",
    "{a}",
    "{*a}",
    ":",
    "\n",
    "\r",
    "\t",
    "\0",
    "é",
    "日本",
    "tag",
    "text",
    "number",
    "flag",
    "limit",
    "one",
    "many",
    "true",
    "0",
    "7",
    "101",
    "-1",
    "4294967296",
    "http://",
    "https:",
    "@",
    "q=0.5",
    "q=",
    "application/json",
    "charset=utf-8",
    "text/html",
    "[",
    "\u{feff}",
    "\r\n--b",
    "--b\r\n",
    "--b--",
    "\r\n\r\n",
    "Content-Disposition: form-data; name=a",
    "; name=\"",
    "; filename*=UTF-8''",
    "; boundary=b",
    "W/\"",
    "0-9",
    "-5",
    "Sat, 01 Jan 2000 00:00:00 GMT",
];

fn input() -> impl Strategy<Value = Vec<u8>> {
    let word = prop::sample::select(&WORDS[..]).prop_map(|word| word.as_bytes().to_vec());
    let piece = prop_oneof![6 => word, 1 => prop::collection::vec(any::<u8>(), 1..4), 1 => Just(b"a".to_vec())];
    prop_oneof![
        8 => prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat()),
        1 => prop::collection::vec(any::<u8>(), 0..300),
        1 => ".{0,40}".prop_map(String::into_bytes),
    ]
}

/// What each target has met that was worth keeping, and the edges.
const SEEDS: [&str; 17] = [
    "",
    "tag=a&tag=b+c&text=%C3%A9&number=7&flag&limit=100",
    "text=&number=&flag=1",
    "text=a&text=b",
    "one=1; many=\"2\"; many=3; one=\"a\\073b\"",
    "text/html;q=0.8, application/problem+json;q=0.9, */*;q=0.1",
    "application/vnd.api+json; charset=utf-8",
    "/shop/of/all",
    "/echo/../../go",
    "a/b c\nd/e\n?&=+\nvalue\ncookie\nx\ny",
    "{\"a\":[1,2.5e3,null,true,\"\\u00e9\"]}",
    "%2E%2E%2F",
    "3--b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=c\r\n\r\n\r\n--b--\r\n",
    "\"letters\"\n\"a\", W/\"letters\"\nSat, 01 Jan 2000 00:00:00 GMT\n\n\"letters\"\nbytes=0-4, 7-",
    "W/\"a,b\"",
    "5-7",
    "/{a}/{*b}\n/{*b}\n/x//y/z",
];

fn drive(name: &str) {
    let seeds = SEEDS.iter().map(|seed| seed.as_bytes().to_vec());
    let seeds = seeds.chain([b"%DD\xACDD/forDD=%".to_vec()]);
    let long = ["a", "%41", "&", ";", "\\\\", "[", "/", "tag=1&"].map(|piece| piece.repeat(5_000).into_bytes());
    for bytes in seeds.chain(long) {
        squall_test_fuzz::run(name, &bytes);
    }
    let config = ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(bytes in input())| squall_test_fuzz::run(name, &bytes));
}

macro_rules! drive {
    ($($name:ident)*) => {
        $(#[test] fn $name() { drive(stringify!($name)); })*

        #[test]
        fn every_target_is_driven_here_and_has_its_program() {
            let driven = BTreeSet::from([$(stringify!($name).to_owned()),*]);
            let known: BTreeSet<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(driven, known);
            let programs = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/fuzz_targets");
            let programs = std::fs::read_dir(programs).expect("the programs of the targets").map(|file| {
                let path = file.expect("a file").path();
                path.file_stem().expect("a name").to_string_lossy().into_owned()
            });
            assert_eq!(programs.collect::<BTreeSet<_>>(), known);
            let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/Cargo.toml");
            let manifest = std::fs::read_to_string(manifest).expect("the manifest of the programs");
            for name in known {
                assert!(manifest.contains(&format!("name = \"{name}\"\n")), "{name} has no [[bin]]");
            }
        }
    };
}

drive! {
    accept boundary conditions content_type cookie cookies etag form header json link multipart path
    pattern prefix query range redirect
}
