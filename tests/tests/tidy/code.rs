//! Rules about the Rust sources: how a file begins and ends, what is named where.

use crate::repository::{self, Source, sources};
use crate::{lexer, verdict};

/// Where our own sources stand. The cases of `ui-tests` are misuse and stay out.
const OURS: [&str; 7] =
    ["macros/src", "runtime/src", "examples", "tests", "benches", "ui-tests/lib.rs", "ui-tests/tests"];

/// The longest a file may be.
const LINES: usize = 400;

/// The longest an example may be, and the ones that may be longer, each with the reason.
const EXAMPLE_LINES: usize = 59;
const LONG_EXAMPLES: [(&str, &str); 0] = [];

/// Names that say nothing about what a module holds.
const EMPTY_NAMES: [&str; 3] = ["common", "util", "utils"];

/// What names a socket. Addresses are plain data and may be named anywhere.
const SOCKETS: [&str; 7] =
    ["AsyncFd", "TcpListener", "TcpSocket", "TcpStream", "UdpSocket", "UnixListener", "UnixStream"];

/// The modules of the runtime that know sockets, and what each may name; `None` is everything.
const SOCKET_MODULES: [(&str, Option<&str>); 3] = [
    ("server", None),
    ("testing", None),
    // Hands a bound listener over to the server.
    ("application", Some("TcpListener")),
];

#[test]
fn every_file_says_in_its_first_line_what_lives_there() {
    let violations: Vec<_> =
        ours().filter(|source| !source.text.starts_with("//!")).map(|source| source.path).collect();
    verdict(&violations, "Begin the file with `//!` and a sentence about what it holds.");
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    let violations: Vec<_> = ours()
        .map(|source| (source.text.lines().count(), source.path))
        .filter(|(lines, _)| *lines > LINES)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    verdict(&violations, &format!("At most {LINES} lines a file: give one of its concepts a file of its own."));
}

#[test]
fn no_module_is_named_after_nothing() {
    let mut violations = Vec::new();
    for source in ours() {
        let mut parts = source.path.trim_end_matches(".rs").split('/');
        if parts.any(|part| EMPTY_NAMES.contains(&part)) {
            violations.push(source.path.clone());
        }
        for at in lexer::words(&source.code, "mod") {
            let name = lexer::name_at(&source.code, lexer::skip_space(&source.code, at + 3));
            if EMPTY_NAMES.contains(&name) {
                violations.push(format!("{}: mod {name}", source.place(at)));
            }
        }
    }
    verdict(&violations, "Name the module after the one concept it holds.");
}

#[test]
fn nothing_unfinished_is_shipped() {
    let mut violations = Vec::new();
    for source in sources("runtime/src").into_iter().chain(sources("macros/src")).filter(|source| !source.link) {
        for name in ["unwrap", "todo", "dbg", "unimplemented"] {
            let call = if name == "unwrap" { "" } else { "!" };
            for at in lexer::words(&source.shipped, name) {
                if source.shipped[at + name.len()..].starts_with(call) {
                    violations.push(format!("{}: {name}{call}", source.place(at)));
                }
            }
        }
    }
    verdict(
        &violations,
        "Answer the case, return the error, or (in the runtime) say why it cannot fail: `expect(\"why\")`.",
    );
}

#[test]
fn no_test_is_switched_off() {
    let mut violations = Vec::new();
    for source in ours() {
        for at in lexer::words(&source.code, "ignore") {
            let line = source.code[..at].rfind('\n').map_or(0, |end| end + 1);
            if source.code[line..at].trim_start().starts_with("#[") {
                violations.push(format!("{}: #[ignore]", source.place(at)));
            }
        }
    }
    verdict(&violations, "Mend the test or delete it; one that never runs holds nothing.");
}

#[test]
fn macros_never_expect() {
    let mut violations = Vec::new();
    // With the links: the grammar that the runtime owns runs inside the compiler, too.
    for source in sources("macros/src") {
        for at in lexer::words(&source.shipped, "expect") {
            if source.shipped[..at].trim_end().ends_with('.') {
                violations.push(format!("{}: .expect(", source.place(at)));
            }
        }
    }
    verdict(
        &violations,
        "A macro that panics shows the user its own sources: report an error at a token, or give the type that makes \
         the case impossible.",
    );
}

#[test]
fn proc_macro_is_named_in_one_file() {
    let mut violations = Vec::new();
    for source in sources("macros/src").into_iter().filter(|source| source.path != "macros/src/lib.rs") {
        for at in lexer::words(&source.code, "proc_macro") {
            violations.push(format!("{}: proc_macro", source.place(at)));
        }
    }
    verdict(
        &violations,
        "Take `proc_macro2` types; only macros/src/lib.rs converts, so that everything else has tests.",
    );
}

#[test]
fn only_the_server_and_the_tests_know_sockets() {
    let mut violations = Vec::new();
    for source in sources("runtime/src") {
        let module = module_of(&source);
        let allowed = SOCKET_MODULES.iter().find(|(name, _)| *name == module).map(|(_, what)| *what);
        if allowed == Some(None) {
            continue;
        }
        let only = allowed.flatten();
        let mut named: Vec<(usize, String)> = Vec::new();
        for socket in SOCKETS {
            named.extend(lexer::words(&source.shipped, socket).into_iter().map(|at| (at, socket.to_owned())));
        }
        for (at, path) in lexer::paths(&source.shipped, "tokio") {
            let socket = path.get(1).is_some_and(|name| SOCKETS.contains(&name.as_str()));
            if path[0] == "net" && !socket {
                named.push((at, format!("tokio::{}", path.join("::"))));
            }
        }
        named.sort();
        named.retain(|(_, name)| only != Some(name.as_str()));
        violations.extend(named.into_iter().map(|(at, name)| format!("{}: {name}", source.place(at))));
    }
    verdict(
        &violations,
        "Move it to runtime/src/server, or let the server hand over what it reads. `application` may pass on a \
         `TcpListener`.",
    );
}

#[test]
fn examples_are_short_and_declared() {
    let manifest = repository::read("examples/Cargo.toml");
    let declared: Vec<_> = manifest
        .split("[[")
        .filter_map(|table| table.strip_prefix("example]]"))
        .map(|table| format!("examples/{}", value_of(table, "path").unwrap_or("(an [[example]] without a path)")))
        .collect();
    let mut standing = repository::files_named("examples", "rs");
    standing.retain(|path| path.matches('/').count() == 1);
    let mut violations = Vec::new();
    for path in &standing {
        if !declared.contains(path) {
            violations.push(format!("{path}: no [[example]] in examples/Cargo.toml, so nothing compiles it"));
        }
    }
    for path in standing.iter().chain(declared.iter().filter(|path| !standing.contains(path))) {
        if !repository::root().join(path).is_file() {
            violations.push(format!("{path}: declared in examples/Cargo.toml, not there"));
            continue;
        }
        let lines = repository::read(path).lines().count();
        let long = LONG_EXAMPLES.iter().any(|(name, _)| path == name);
        if long == (lines <= EXAMPLE_LINES) {
            let why = if long { ", and LONG_EXAMPLES need not list it" } else { "" };
            violations.push(format!("{path}: {lines} lines{why}"));
        }
    }
    verdict(&violations, &format!("An example shows one thing in at most {EXAMPLE_LINES} lines and is built."));
}

/// The module of the runtime a file belongs to: the first name behind `runtime/src`.
pub(crate) fn module_of(source: &Source) -> &str {
    let inside = source.path.strip_prefix("runtime/src/").unwrap_or(&source.path);
    inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(module, _)| module)
}

/// Our own files, each once.
fn ours() -> impl Iterator<Item = Source> {
    OURS.into_iter().flat_map(sources).filter(|source| !source.link)
}

/// The string behind `key =` in a table of a manifest.
fn value_of<'a>(table: &'a str, key: &str) -> Option<&'a str> {
    let own = table.split("\n[").next().unwrap_or(table);
    let line = own.lines().find_map(|line| line.trim().strip_prefix(key)?.trim_start().strip_prefix('='))?;
    line.split('"').nth(1)
}
