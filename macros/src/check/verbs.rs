//! The verbs of one impl together.

use crate::errors::Errors;
use crate::model::Verb;

/// The names that generated methods of the struct have.
const TAKEN: [&str; 3] = ["at", "try_url", "url"];

/// Each method at most once, and no name that the struct has already.
pub(crate) fn check_verbs(verbs: &[Verb], errors: &Errors) {
    for (at, verb) in verbs.iter().enumerate() {
        let twice =
            |other: &&Verb| other.method.name == verb.method.name && other.cfg.is_empty() && verb.cfg.is_empty();
        if verbs[..at].iter().any(|other| twice(&other)) {
            errors.at_span(
                verb.method.span,
                format!("this impl answers {} twice: keep one, or give the other a path of its own", verb.method.name),
            );
        }
        let name = verb.function.to_string();
        if TAKEN.contains(&name.as_str()) {
            errors.at(&verb.function, format!("every handler has a method `{name}` already: choose another name"));
        }
    }
}
