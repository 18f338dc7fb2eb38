//! Rules about the guide and the table of features: what they name is there, and what is there is named.

use std::collections::BTreeMap;

use crate::repository::{files_named, read, root};
use crate::verdict;

const FEATURES: &str = "docs/features.md";

#[test]
fn every_chapter_is_compiled_and_listed() {
    let (compiled, listed) = (read("runtime/src/guide.rs"), read("docs/guide/README.md"));
    let mut violations = Vec::new();
    for path in files_named("docs/guide", "md") {
        let name = path.rsplit('/').next().unwrap_or_default();
        if name == "README.md" {
            continue;
        }
        if !compiled.contains(&format!("/docs/guide/{name}\"")) {
            violations.push(format!("{path} is not compiled"));
        }
        if !listed.contains(&format!("]({name})")) {
            violations.push(format!("{path} is not listed"));
        }
    }
    verdict(&violations, "Add it to runtime/src/guide.rs, and to the list in docs/guide/README.md.");
}

#[test]
fn features_name_tests_that_are_there() {
    let mut tests: BTreeMap<String, String> = BTreeMap::new();
    for path in files_named("tests/tests", "rs") {
        let below = path.trim_start_matches("tests/tests/");
        let binary = below.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        tests.entry(binary.to_owned()).or_default().push_str(&read(&path));
    }
    let mut violations = Vec::new();
    for (index, line) in read(FEATURES).lines().enumerate() {
        let place = format!("{FEATURES}:{}", index + 1);
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").collect();
        if line.starts_with("| ") && cells.len() != 4 {
            violations.push(format!("{place}: {} cells instead of 4", cells.len()));
        }
        let shown = cells.last().copied().unwrap_or_default();
        for named in shown.split('`').skip(1).step_by(2).filter(|_| line.starts_with("| ")) {
            let is_there = match named.split_once("::") {
                _ if named.contains('/') => root().join(named).exists(),
                Some((binary, test)) => {
                    tests.get(binary).is_none_or(|sources| sources.contains(&format!("fn {test}(")))
                }
                None => true,
            };
            if !is_there {
                violations.push(format!("{place}: `{named}`"));
            }
        }
    }
    verdict(&violations, "Name a test or a file that shows what the row says; each row has four cells.");
}
