//! What the recorded compiler messages of `ui-tests/fail` must be like.

use crate::repository::{files, files_named, read};
use crate::verdict;

/// Where the cases stand: `ui-tests/fail/<macro>/<mistake>.rs` and the message beside it.
const CASES: &str = "ui-tests/fail";

/// Cases that show another number of errors than one: `<macro>/<mistake>`, how many, and why it cannot be one.
const SEVERAL_ERRORS: [(&str, usize, &str); 1] =
    [("scope/in_a_circle", 2, "the compiler tells each scope of a circle, and each is a place to break it")];

/// What no user should read: internals, and a macro that fell over.
const INTERNALS: [&str; 3] = ["panicked", "__private", "__squall"];

/// The compiler's way to say that a message points into a macro instead of the user's code.
const POINTS_INTO_MACRO: &str = "this error originates in";

/// One message in so many may point into a macro.
const ONE_IN: usize = 20;

#[test]
fn every_case_has_a_message_and_every_message_a_case() {
    let all = files(CASES);
    let mut violations = Vec::new();
    for path in &all {
        let (stem, ending) = path.rsplit_once('.').unwrap_or((path, ""));
        let partner = match ending {
            "rs" => format!("{stem}.stderr"),
            "stderr" => format!("{stem}.rs"),
            "md" => continue,
            _ => {
                violations.push(format!("{path}: neither a case nor a message"));
                continue;
            }
        };
        if !all.contains(&partner) {
            violations.push(format!("{path}: no {partner}"));
        }
    }
    verdict(
        &violations,
        "Record messages with `TRYBUILD=overwrite cargo test -p squall-ui-tests`, read them, and delete what has no \
         case any more.",
    );
}

#[test]
fn the_file_name_is_the_mistake() {
    let mut violations = Vec::new();
    for path in files_named(CASES, "rs") {
        let parts: Vec<_> = case_of(&path).split('/').collect();
        if parts.len() != 2 || !parts.iter().all(|part| is_snake_case(part)) {
            violations.push(path);
        }
    }
    verdict(
        &violations,
        "Name it ui-tests/fail/<macro>/<mistake>.rs, both in snake_case: handler/param_without_field.rs.",
    );
}

#[test]
fn no_message_shows_internals() {
    let mut violations = Vec::new();
    for (path, text) in messages() {
        for (index, line) in text.lines().enumerate() {
            for internal in INTERNALS.iter().filter(|internal| line.contains(**internal)) {
                violations.push(format!("{path}:{}: {internal}", index + 1));
            }
        }
    }
    verdict(
        &violations,
        "A message speaks of what the user wrote: let the macro check it, or span the generated code.",
    );
}

#[test]
fn few_messages_point_into_a_macro() {
    let messages = messages();
    let mut violations: Vec<_> =
        messages.iter().filter(|(_, text)| text.contains(POINTS_INTO_MACRO)).map(|(path, _)| path.clone()).collect();
    if violations.len() * ONE_IN <= messages.len() {
        violations.clear();
    }
    verdict(
        &violations,
        &format!(
            "At most one message in {ONE_IN} may say `{POINTS_INTO_MACRO}` ({} messages): give the generated code the \
             span of the user's token.",
            messages.len()
        ),
    );
}

#[test]
fn one_mistake_gives_one_error() {
    let mut violations = Vec::new();
    let messages = messages();
    for (path, text) in &messages {
        let headlines = text.lines().filter(|line| is_headline(line)).count();
        let listed = SEVERAL_ERRORS.iter().find(|(case, _, _)| *case == case_of(path));
        let wanted = listed.map_or(1, |(_, count, _)| *count);
        if headlines != wanted {
            violations.push(format!("{path}: {headlines} errors, wanted {wanted}"));
        }
    }
    for (case, count, _) in SEVERAL_ERRORS {
        if count == 1 || !messages.iter().any(|(path, _)| case_of(path) == case) {
            violations.push(format!("SEVERAL_ERRORS lists {case} for nothing"));
        }
    }
    verdict(
        &violations,
        "Re-emit the user's item with stubs, so that nothing else fails, and keep one mistake a case. What cannot be \
         mended goes into SEVERAL_ERRORS with the reason.",
    );
}

/// The recorded messages with their paths.
fn messages() -> Vec<(String, String)> {
    files_named(CASES, "stderr").into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// `handler/param_without_field` from the path of its case or message.
fn case_of(path: &str) -> &str {
    let inside = path.trim_start_matches(CASES).trim_start_matches('/');
    inside.rsplit_once('.').map_or(inside, |(case, _)| case)
}

fn is_headline(line: &str) -> bool {
    let closing = line.starts_with("error: aborting") || line.starts_with("error: could not compile");
    (line.starts_with("error:") || line.starts_with("error[")) && !closing
}

fn is_snake_case(name: &str) -> bool {
    let words_are_plain = name
        .split('_')
        .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
    words_are_plain && name.starts_with(|first: char| first.is_ascii_lowercase())
}
