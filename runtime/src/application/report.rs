//! The launch report: every fault at once, each with every place involved.

use std::fmt;
use std::io::{IsTerminal as _, Write as _};

use crate::location::Location;

/// One reason why the application cannot start.
#[derive(Debug)]
pub(super) struct LaunchFault {
    /// What is wrong, in one line.
    pub(super) title: String,
    /// Where, and what stands there.
    pub(super) places: Vec<(Location, String)>,
    /// What to do about it.
    pub(super) help: String,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Report(pub(super) Vec<LaunchFault>);

impl Report {
    pub(super) fn add(&mut self, title: String, mut places: Vec<(Location, String)>, help: impl Into<String>) {
        places.sort();
        places.dedup();
        self.0.push(LaunchFault { title, places, help: help.into() });
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.0.len();
        writeln!(f, "the application cannot start: {count} fault{}", if count == 1 { "" } else { "s" })?;
        let width = self.0.iter().flat_map(|fault| &fault.places).map(|(place, _)| place.to_string().len()).max();
        let width = width.unwrap_or_default();
        for (number, fault) in (1..).zip(&self.0) {
            writeln!(f, "\n{number}. {}", fault.title)?;
            for (place, what) in &fault.places {
                writeln!(f, "   --> {:width$}  {what}", place.to_string())?;
            }
            writeln!(f, "   help: {}", fault.help)?;
        }
        Ok(())
    }
}

/// Prints a report for a person, in colour where the terminal shows colour and `NO_COLOR` is not set.
pub(super) fn print(report: &str) {
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let forced = std::env::var_os("CLICOLOR_FORCE").is_some_and(|value| value != "0");
    if !no_color && (forced || (std::io::stderr().is_terminal() && !dumb)) {
        let _ = write!(std::io::stderr(), "{}", coloured(report));
    } else {
        let _ = write!(std::io::stderr(), "{report}");
    }
}

/// The headline and titles in red and bold, places in blue, help in green.
fn coloured(report: &str) -> String {
    let mut text = String::with_capacity(report.len() * 2);
    for (index, line) in report.lines().enumerate() {
        let title = line.split_once(". ").is_some_and(|(number, _)| number.parse::<usize>().is_ok());
        let style = match line {
            _ if index == 0 => "\x1b[1;31m",
            _ if title => "\x1b[1m",
            line if line.starts_with("   --> ") => "\x1b[34m",
            line if line.starts_with("   help: ") => "\x1b[32m",
            _ => "",
        };
        let reset = if style.is_empty() { "" } else { "\x1b[0m" };
        text.extend([style, line, reset, "\n"]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Location = Location { file: "src/a.rs", line: 3, column: 1 };
    const B: Location = Location { file: "src/longer.rs", line: 30, column: 5 };

    #[test]
    fn reads_as_a_list() {
        let mut report = Report::default();
        report.add("GET / is answered twice".into(), vec![(B, "b".into()), (A, "a".into())], "remove one");
        let want = "the application cannot start: 1 fault\n\n1. GET / is answered twice\n   \
                    --> src/a.rs:3:1        a\n   --> src/longer.rs:30:5  b\n   help: remove one\n";
        assert_eq!(report.to_string(), want);
    }

    #[test]
    fn colour_changes_no_letter() {
        let mut report = Report::default();
        report.add("title".into(), vec![(A, "a".into())], "help");
        let plain = report.to_string();
        let mut stripped = coloured(&plain);
        for code in ["\x1b[1;31m", "\x1b[1m", "\x1b[34m", "\x1b[32m", "\x1b[0m"] {
            stripped = stripped.replace(code, "");
        }
        assert_eq!(stripped, plain);
    }
}
