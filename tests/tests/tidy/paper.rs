//! Rules about everything that is not Rust: documents, scripts, and what no file may hold.

use std::env;
use std::path::Path;

use crate::repository::{files, files_named, read, root};
use crate::verdict;

/// Files that a person starts by their name.
const PROGRAMS: [&str; 2] = ["scripts/test", ".ci/run"];

#[test]
fn links_between_documents_lead_somewhere() {
    let mut violations = Vec::new();
    for path in documents() {
        let folder = Path::new(&path).parent().expect("a file stands in a folder");
        for (line, target) in links(&read(&path)) {
            let file = target.split(['#', '?']).next().unwrap_or_default();
            let elsewhere = target.contains("://") || target.starts_with("mailto:") || target.contains("::");
            if !elsewhere && !file.is_empty() && !root().join(folder).join(file).exists() {
                violations.push(format!("{path}:{line}: {target}"));
            }
        }
    }
    verdict(&violations, "Correct the link, or write the document it names.");
}

#[test]
fn the_changelog_has_a_place_for_what_comes() {
    let there = read("CHANGELOG.md").lines().any(|line| line.trim_end() == "## [Unreleased]");
    let violations = if there { vec![] } else { vec!["CHANGELOG.md".to_owned()] };
    verdict(&violations, "Keep a heading `## [Unreleased]` at the top for what the next release brings.");
}

#[cfg(unix)]
#[test]
fn scripts_can_be_started() {
    use std::os::unix::fs::PermissionsExt;
    let executable = |path: &&str| {
        root().join(path).metadata().is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 == 0o111)
    };
    let violations: Vec<_> = PROGRAMS.iter().filter(|path| !executable(path)).map(ToString::to_string).collect();
    verdict(&violations, "They must be there and executable: `chmod +x`.");
}

#[test]
fn nothing_names_a_place_on_one_machine() {
    let mut places = vec![["", "work", ""].join("/"), ["", "root", ""].join("/")];
    let mut own = vec![root().to_path_buf()];
    own.extend(env::var_os("HOME").map(Into::into));
    // A single name such as `/srv` is a route as well as a folder.
    own.retain(|place: &std::path::PathBuf| place.components().count() > 2);
    places.extend(own.iter().map(|place| format!("{}/", place.display())));

    let mut violations = Vec::new();
    for path in files("") {
        // Pictures and other bytes name nothing.
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (index, line) in text.lines().enumerate() {
            for place in places.iter().filter(|place| names_place(line, place)) {
                violations.push(format!("{path}:{}: {place}", index + 1));
            }
        }
    }
    verdict(&violations, "Give the path from the root of the repository, or take it from the environment.");
}

/// The documents at the root and those under `docs`.
fn documents() -> Vec<String> {
    let ours = |path: &String| !path.contains('/') || path.starts_with("docs/");
    files_named("", "md").into_iter().filter(ours).collect()
}

/// The targets of Markdown links with their lines; what stands in code is no link.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (index, line) in text.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        // Every second piece between backticks is code; a space keeps what surrounds it apart.
        let prose: String = line.split('`').step_by(2).collect::<Vec<_>>().join(" ");
        for (at, _) in prose.match_indices("](") {
            let target = prose[at + 2..].split([')', ' ']).next().unwrap_or_default();
            found.push((index + 1, target.to_owned()));
        }
        let definition = prose.trim_start().strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        if let Some((_, target)) = definition {
            found.push((index + 1, target.trim().to_owned()));
        }
    }
    found
}

/// Whether a line holds an absolute path below `place`, and not a longer path that has it in the middle.
fn names_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '.' | '_' | '-' | '}' | '~'))
    })
}
