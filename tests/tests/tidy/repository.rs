//! The repository's files.

use std::fs;
use std::path::{Path, PathBuf};

use crate::lexer;

/// One Rust file.
pub(crate) struct Source {
    /// Its path from the root of the repository, with `/`.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) text: String,
    /// The text without comments and without what literals hold; offsets and lines are those of the text.
    pub(crate) code: String,
    /// The code without what is compiled for tests alone.
    pub(crate) shipped: String,
    /// Whether it is a second name of another file.
    pub(crate) link: bool,
}

impl Source {
    /// `path:line` of an offset, as editors take it.
    pub(crate) fn place(&self, offset: usize) -> String {
        format!("{}:{}", self.path, 1 + self.text[..offset].matches('\n').count())
    }
}

/// The root of the repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package of the tests is a folder of the repository")
}

/// Every Rust file at or under `place`, sorted; none where `place` is not there yet.
pub(crate) fn sources(place: &str) -> Vec<Source> {
    let mut for_tests = Vec::new();
    let mut sources = Vec::new();
    for path in files_named(place, "rs") {
        let text = read(&path);
        let code = lexer::code_of(&text);
        let mut shipped = code.clone().into_bytes();
        if code.contains("#![cfg(test)]") {
            let all = 0..shipped.len();
            lexer::blank(&mut shipped, all);
        }
        for item in lexer::test_items(&code) {
            if let Some(name) = module_declaration(&code[item.clone()]) {
                for_tests.push(format!("{}/{name}", children_of(&path)));
            }
            lexer::blank(&mut shipped, item);
        }
        let shipped = String::from_utf8(shipped).expect("items are blanked whole");
        let link = root().join(&path).is_symlink();
        sources.push(Source { path, text, code, shipped, link });
    }
    for source in &mut sources {
        let in_tests = |module: &String| {
            source.path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
        };
        if for_tests.iter().any(in_tests) {
            source.shipped.clear();
        }
    }
    sources
}

/// Every file at or under `place`, as a path from the root, sorted. What a build leaves behind is not looked at.
pub(crate) fn files(place: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut pending: Vec<PathBuf> = vec![root().join(place)];
    while let Some(next) = pending.pop() {
        if next.ends_with("target") || next.ends_with(".git") {
            continue;
        }
        if next.is_dir() && !next.is_symlink() {
            let entries = fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display()));
            pending.extend(entries.map(|entry| entry.expect("a folder of the repository can be listed").path()));
        } else if next.is_file() {
            let path = next.strip_prefix(root()).expect("only folders of the repository are listed");
            found.push(path.to_string_lossy().replace('\\', "/"));
        }
    }
    found.sort();
    found
}

/// The files at or under `place` whose name ends with a dot and `ending`.
pub(crate) fn files_named(place: &str, ending: &str) -> Vec<String> {
    let named = |path: &String| path.rsplit_once('.').is_some_and(|(_, own)| own == ending);
    files(place).into_iter().filter(named).collect()
}

/// What a file of the repository holds.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The name in `#[cfg(test)] mod name;`.
fn module_declaration(item: &str) -> Option<&str> {
    let item = item.strip_suffix(';')?;
    let at = *lexer::words(item, "mod").first()?;
    Some(lexer::name_at(item, lexer::skip_space(item, at + 3)))
}

/// The folder that holds the child modules of a file.
fn children_of(path: &str) -> &str {
    let (folder, file) = path.rsplit_once('/').expect("sources stand in folders");
    if matches!(file, "lib.rs" | "main.rs" | "mod.rs") { folder } else { path.trim_end_matches(".rs") }
}
