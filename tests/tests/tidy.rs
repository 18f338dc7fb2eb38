//! The rules of this repository that a program can hold, one `#[test]` each.
//!
//! They read the sources as text and need nothing built. A failing rule lists every place and how to mend it.
//! What a rule allows by way of exception stands in a constant at the top of its file, with a reason.

#[path = "tidy/code.rs"]
mod code;
#[path = "tidy/guide.rs"]
mod guide;
#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/lexer.rs"]
mod lexer;
#[path = "tidy/paper.rs"]
mod paper;
#[path = "tidy/repository.rs"]
mod repository;
#[path = "tidy/ui.rs"]
mod ui;

/// Fails with every violation of a rule and with how to mend them; says nothing when there are none.
#[track_caller]
fn verdict(violations: &[String], mend: &str) {
    assert!(violations.is_empty(), "{} found:\n  {}\n{mend}", violations.len(), violations.join("\n  "));
}
