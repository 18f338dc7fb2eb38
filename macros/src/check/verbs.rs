//! The verbs of one impl together.

use crate::errors::Errors;
use crate::model::Verb;

/// The names that generated methods of the struct have.
const TAKEN: [&str; 3] = ["at", "try_url", "url"];

/// Whether a verb has the name of a generated method: the compiler says so, with both places.
pub(crate) fn has_taken_name(verbs: &[Verb]) -> bool {
    verbs.iter().any(|verb| TAKEN.iter().any(|name| verb.function == name))
}

/// Each method at most once.
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
    }
}
