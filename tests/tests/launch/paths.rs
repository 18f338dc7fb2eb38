//! Paths that stand twice, that cross, and that are no prefix.

use squall::{Application, Routes, get, handler, post};
use squall_test_billing::{Currency, Invoice};

use crate::{places, report, titles};

#[get("/items/{id}", register = false)]
async fn item(id: u64) -> String {
    id.to_string()
}

#[get("/items/{name}", register = false)]
async fn named(name: String) -> String {
    name
}

#[post("/items/{name}", register = false)]
async fn rename(name: String) -> String {
    name
}

#[get("/billing/invoices/{number}", register = false)]
async fn invoice(number: u64) -> String {
    number.to_string()
}

#[get("/%C3%A4", register = false)]
async fn encoded() {}

#[get("/ä", register = false)]
async fn plain() {}

#[get("/{user}/settings", register = false)]
async fn settings(user: String) -> String {
    user
}

#[get("/admin/{page}", register = false)]
async fn page(page: String) -> String {
    page
}

#[get("/admin/settings", register = false)]
async fn both() {}

#[handler("/admin/{*rest}", register = false)]
struct Rest {
    rest: String,
}

#[handler]
impl Rest {
    #[get]
    async fn show(self) -> String {
        self.rest
    }
}

#[test]
fn two_handlers_of_one_route_are_shown_with_both_places() {
    let report = report(Application::empty().handler::<item>().handler::<named>().handler::<rename>());
    assert_eq!(titles(&report), ["GET /items/{id} has 2 handlers"]);
    let file = "tests/tests/launch/paths.rs";
    assert_eq!(
        places(&report),
        [format!("{file} GET /items/{{id}} in item"), format!("{file} GET /items/{{name}} in named")]
    );
}

#[test]
fn one_handler_taken_twice_stands_twice() {
    let report = report(Application::empty().handler::<item>().handler::<item>());
    assert_eq!(titles(&report), ["GET /items/{id} has 2 handlers"]);
}

#[test]
fn different_methods_share_a_path() {
    let application = Application::empty().handler::<item>().handler::<rename>();
    application.check().expect("GET and POST are two routes");
}

#[test]
fn a_path_is_the_same_however_it_is_encoded() {
    let report = report(Application::empty().handler::<encoded>().handler::<plain>());
    assert_eq!(titles(&report), ["GET /%C3%A4 has 2 handlers"]);
}

#[test]
fn a_mount_may_not_repeat_a_route() {
    let own = Application::empty().handler::<invoice>().state(Currency("EUR"));
    let report = report(own.mount("/billing", Routes::empty().handler::<Invoice>()));
    assert_eq!(titles(&report), ["GET /billing/invoices/{id} has 2 handlers"]);
    assert_eq!(
        places(&report),
        [
            "tests/crates/billing/src/lib.rs GET /billing/invoices/{id} in Invoice::show",
            "tests/tests/launch/paths.rs GET /billing/invoices/{number} in invoice",
        ]
    );
}

#[test]
fn two_mounts_may_not_share_a_prefix_and_a_route() {
    let routes = || Routes::empty().handler::<item>();
    let report = report(Application::empty().mount("/a", routes()).mount("/a", routes()));
    assert_eq!(titles(&report), ["GET /a/items/{id} has 2 handlers"]);
}

#[test]
fn a_handler_is_served_under_one_prefix() {
    let routes = || Routes::empty().handler::<item>();
    let report = report(Application::empty().mount("/a", routes()).mount("/b", routes()));
    assert_eq!(titles(&report), ["item is served under /a/items/{id} and under /b/items/{id}"]);
    assert!(report.contains("help: mount it once: a link to it could mean either"), "{report}");
}

#[test]
fn patterns_that_cross_are_a_fault_and_a_covering_route_resolves_it() {
    let crossing = || Application::empty().handler::<settings>().handler::<page>();
    let report = report(crossing());
    assert_eq!(
        titles(&report),
        ["/admin/{page} and /{user}/settings both match /admin/settings, and neither is more exact"]
    );
    assert_eq!(places(&report).len(), 2, "{report}");
    assert!(report.contains("declare a handler for /admin/settings"), "{report}");
    crossing().handler::<both>().check().expect("/admin/settings covers what they share");
}

#[test]
fn a_tail_never_crosses() {
    Application::empty().handler::<settings>().handler::<Rest>().check().expect("the leftmost difference decides");
    Application::empty().handler::<both>().handler::<page>().handler::<Rest>().check().expect("each is more exact");
}

#[test]
fn a_mount_has_a_plain_prefix() {
    for prefix in ["billing", "/billing/", "/", "/{tenant}", "/a?b", "/{"] {
        let report = report(Application::empty().handler::<item>().mount(prefix, Routes::empty().handler::<named>()));
        let title = format!(
            "{prefix:?} is no prefix for a mount: it begins with a slash, ends without one and has no parameters"
        );
        assert_eq!(titles(&report), [title.as_str()], "{report}");
        assert_eq!(places(&report), ["tests/tests/launch/paths.rs mounted here"]);
    }
}
