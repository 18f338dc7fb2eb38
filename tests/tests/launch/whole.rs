//! The report as people read it, of an application with every fault there is.

use squall::{Application, Routes};
use squall_test_billing::{Currency, Invoice};

use crate::faulty::{Search, Shop, first, invoice, page, second, settings};
use crate::report;

#[test]
fn every_fault_is_told_in_one_report() {
    let application = Application::from(squall::routes!())
        .without("squall-test-biling")
        .state(Currency("EUR"))
        .state(Currency("CHF"))
        .handler::<first>()
        .handler::<second>()
        .handler::<invoice>()
        .handler::<settings>()
        .handler::<page>()
        .handler::<Search>()
        .mount("/billing", Routes::empty().handler::<Invoice>())
        .mount("items/", Routes::empty().handler::<Invoice>());
    insta::assert_snapshot!(report(application));
}

#[test]
fn a_default_must_keep_the_rules_of_its_input() {
    let report = report(Application::empty().handler::<Search>());
    assert!(report.contains("the default of `limit` must be between 1 and 100\n"), "{report}");
    assert!(report.contains("the default of `sort` "), "{report}");
    assert!(report.contains("GET /search in Search::run"), "{report}");
}

#[test]
fn an_application_checks_out_when_nothing_is_wrong() {
    let application = Application::empty().handler::<first>().handler::<invoice>().state(Shop);
    application.check().expect("no fault");
}

#[test]
#[should_panic(expected = "the application cannot start: 2 faults")]
fn a_test_client_panics_with_the_report() {
    let _ = squall::testing::TestClient::new(Application::empty().handler::<Search>());
}
