//! What is registered at link time, by this package and by others that are linked.
//!
//! `squall-test-billing` is named here, so it is linked; `squall-test-stranger` is a dependency that nothing names.

use squall::testing::TestClient;
use squall::{Application, State, get};
use squall_test_billing::{Currency, Invoice};

#[get("/")]
async fn index() -> &'static str {
    "own"
}

#[get("/currency")]
async fn currency(currency: State<Currency>) -> &'static str {
    currency.0
}

/// Registered by no one: it is there for those who name it.
#[get("/", register = false)]
async fn unregistered() -> &'static str {
    "by name"
}

#[squall::app]
fn app() -> Application {
    Application::new().state(Currency("EUR"))
}

fn report(application: Application) -> String {
    application.check().expect_err("a launch fault").to_string()
}

#[tokio::test]
async fn a_mounted_package_is_served_under_its_prefix() -> squall::Result<()> {
    let client = TestClient::new(app().mount("/billing", squall_test_billing::routes()));
    assert_eq!(client.get("/").await?.text()?, "own");
    assert_eq!(client.get("/billing").await?.text()?, "invoices");
    assert_eq!(client.get("/billing/invoices/7").await?.text()?, "7 EUR");
    assert_eq!(client.get("/invoices/7").await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn a_client_finds_the_mount_of_a_handler() -> squall::Result<()> {
    let client = TestClient::new(app().mount("/billing", squall_test_billing::routes()));
    assert_eq!(client.get(Invoice { id: 8 }).await?.text()?, "8 EUR");
    let url = app().mount("/billing", squall_test_billing::routes()).url(&Invoice { id: 8 })?;
    assert_eq!(url, "/billing/invoices/8");
    Ok(())
}

#[tokio::test]
async fn a_mounted_package_sees_its_own_state_before_the_applications() -> squall::Result<()> {
    let routes = squall_test_billing::routes().state(Currency("CHF"));
    let client = TestClient::new(app().mount("/billing", routes));
    assert_eq!(client.get("/billing/invoices/1").await?.text()?, "1 CHF");
    assert_eq!(client.get("/currency").await?.text()?, "EUR");
    Ok(())
}

#[tokio::test]
async fn a_replaced_value_is_replaced_in_mounts_too() -> squall::Result<()> {
    let routes = || squall_test_billing::routes().state(Currency("CHF"));
    let client = TestClient::new(app().mount("/billing", routes()).replace_state(Currency("XTS")));
    assert_eq!(client.get("/billing/invoices/1").await?.text()?, "1 XTS");
    assert_eq!(client.get("/currency").await?.text()?, "XTS");
    let own = Application::from(squall::routes!().state(Currency("EUR"))).without("squall-test-billing");
    let client = TestClient::new(own.replace_state(Currency("XTS")));
    assert_eq!(client.get("/currency").await?.text()?, "XTS");
    let alone = Application::empty().handler::<currency>().mount("/billing", routes()).without("squall-tests");
    let report = report(alone.replace_state(Currency("XTS")));
    assert!(report.contains("no state of type"), "what only a mount had stays there: {report}");
    let given = Application::empty().handler::<currency>().replace_state(Currency("XTS"));
    assert_eq!(TestClient::new(given).get("/currency").await?.text()?, "XTS");
    Ok(())
}

#[test]
fn a_linked_package_that_nobody_mounts_is_a_fault() {
    let report = report(app());
    assert!(report.contains("1 fault\n"), "{report}");
    assert!(report.contains("1. package squall-test-billing is linked"), "{report}");
    for route in ["GET /", "GET /invoices/{id}"] {
        let place = report.lines().find(|line| line.ends_with(&format!("  {route}"))).unwrap_or_default();
        assert!(place.starts_with("   --> tests/crates/billing/src/lib.rs:"), "{route}: {report}");
    }
    assert!(report.contains(".mount(\"/squall-test-billing\", squall_test_billing::routes())"), "{report}");
    assert!(report.contains(".without(\"squall-test-billing\")"), "{report}");
}

#[test]
fn a_dependency_that_no_code_names_is_not_linked_and_not_reported() {
    assert!(!report(app()).contains("stranger"));
    let report = report(app().without("squall-test-billing").without("squall-test-stranger"));
    assert!(report.contains("`.without(\"squall-test-stranger\")`"), "{report}");
}

#[tokio::test]
async fn a_package_that_is_left_out_is_no_fault() -> squall::Result<()> {
    let client = TestClient::new(app().without("squall-test-billing"));
    assert_eq!(client.get("/").await?.text()?, "own");
    assert_eq!(client.get("/invoices/7").await?.status(), 404);
    Ok(())
}

#[test]
fn only_what_nobody_names_is_forgotten() {
    let report = report(app().handler::<Invoice>());
    assert!(report.contains("  GET /\n") && !report.contains("/invoices"), "{report}");
}

#[test]
fn leaving_out_a_package_that_is_none_is_a_fault() {
    let application = app().without("squall-test-billing");
    let (line, report) = (line!(), report(application.without("squall-test-biling")));
    assert!(report.contains("1 fault\n"), "{report}");
    assert!(report.contains("1. `.without(\"squall-test-biling\")` names a package that registers no"), "{report}");
    assert!(report.contains(&format!("tests/tests/registry.rs:{line}:")), "{report}");
}

#[test]
fn new_cannot_choose_between_packages() {
    let (line, report) = (line!(), report(Application::new()));
    assert!(report.contains("squall-tests, squall-test-billing register handlers"), "{report}");
    assert!(report.contains(&format!("tests/tests/registry.rs:{line}:")), "{report}");
    assert!(report.contains("`Application::from(squall::routes!())`"), "{report}");
    assert!(report.contains("1 fault\n"), "{report}");
}

#[tokio::test]
async fn the_routes_of_this_package_can_be_asked_for() -> squall::Result<()> {
    let application = Application::from(squall::routes!()).state(Currency("EUR")).without("squall-test-billing");
    let client = TestClient::new(application);
    assert_eq!(client.get("/currency").await?.text()?, "EUR");
    Ok(())
}

#[tokio::test]
async fn what_is_not_registered_is_served_by_name() -> squall::Result<()> {
    let client = TestClient::new(app().without("squall-test-billing"));
    assert_eq!(client.get("/").await?.text()?, "own");
    let client = TestClient::new(Application::empty().handler::<unregistered>());
    assert_eq!(client.get("/").await?.text()?, "by name");
    Ok(())
}

#[tokio::test]
async fn a_registered_handler_is_served_by_name_too() -> squall::Result<()> {
    let client = TestClient::new(Application::empty().handler::<Invoice>().state(Currency("GBP")));
    assert_eq!(client.get("/invoices/2").await?.text()?, "2 GBP");
    assert_eq!(client.get("/currency").await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn applications_in_one_program_share_nothing() -> squall::Result<()> {
    let first = TestClient::new(Application::empty().handler::<currency>().state(Currency("first")));
    let second = TestClient::new(Application::empty().handler::<currency>().state(Currency("second")));
    let other = TestClient::new(Application::empty().handler::<index>());
    assert_eq!(first.get("/currency").await?.text()?, "first");
    assert_eq!(second.get("/currency").await?.text()?, "second");
    assert_eq!(other.get("/currency").await?.status(), 404);
    assert_eq!(other.get("/").await?.text()?, "own");
    assert_eq!(first.get("/").await?.status(), 404);
    Ok(())
}

#[tokio::test]
async fn the_builder_is_tied_to_its_package_wherever_it_runs() {
    let elsewhere = tokio::task::spawn_blocking(app).await.expect("the builder does not panic");
    assert!(report(elsewhere).contains("package squall-test-billing is linked"));
    // Afterwards nothing of it is left on this thread.
    let _ = app();
    assert!(report(Application::new()).contains("cannot tell which package"));
}

#[test]
fn a_package_is_not_both_mounted_and_left_out() {
    let mounted = app().mount("/billing", squall_test_billing::routes());
    let report = report(mounted.without("squall-test-billing"));
    assert!(report.contains("1. package squall-test-billing is mounted and left out"), "{report}");
    assert_eq!(report.matches("registry.rs").count(), 2, "{report}");
}
