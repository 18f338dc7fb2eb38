//! The launch check: what it finds, and that it finds everything at once.

#[path = "launch/faulty.rs"]
mod faulty;
#[path = "launch/paths.rs"]
mod paths;
#[path = "launch/state.rs"]
mod state;
#[path = "launch/whole.rs"]
mod whole;

use squall::Application;

/// The report of an application that must have one.
fn report(application: Application) -> String {
    application.check().expect_err("a launch fault").to_string()
}

/// The titles of the faults in a report.
fn titles(report: &str) -> Vec<&str> {
    let numbered = report.lines().filter(|line| line.starts_with(char::is_numeric));
    numbered.filter_map(|line| line.split_once(". ")).map(|(_, title)| title).collect()
}

/// The lines of a report that show a place, without the place's line and column.
fn places(report: &str) -> Vec<String> {
    let places = report.lines().filter_map(|line| line.strip_prefix("   --> "));
    places
        .map(|line| {
            let (place, what) = line.split_once("  ").unwrap_or_default();
            let file = place.split(':').next().unwrap_or_default();
            format!("{file} {}", what.trim())
        })
        .collect()
}
