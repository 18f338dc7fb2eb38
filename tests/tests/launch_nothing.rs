//! An application in a program that registers nothing.

use squall::Application;

fn report(application: Application) -> String {
    application.check().expect_err("a launch fault").to_string()
}

#[test]
fn zero_routes_are_a_fault_with_the_line_to_add() {
    for (line, application) in [(line!(), Application::new()), (line!(), Application::empty())] {
        let report = report(application);
        assert!(report.contains("1. no handler is registered, so every request would be 404\n"), "{report}");
        assert!(report.contains(&format!("tests/tests/launch_nothing.rs:{line}:")), "{report}");
        assert!(report.contains("`#[squall::get(\"/\")] async fn index() -> &'static str { "), "{report}");
    }
}

#[test]
fn an_empty_mount_serves_nothing_either() {
    let report = report(Application::new().mount("/empty", squall::routes!()));
    assert!(report.contains("no handler is registered"), "{report}");
}
