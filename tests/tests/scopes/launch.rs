//! What the launch check says of scopes.

use squall::{Application, Extension, State, get, scope};

#[scope("/one")]
struct One;

struct Missing;

#[scope]
impl One {
    #[prepare]
    async fn needs(&self, _missing: State<Missing>) {}

    #[finish]
    async fn needs_more(&self, _text: State<&'static str>) {}
}

#[get("/same", in = One)]
async fn in_scope() -> &'static str {
    "scope"
}

#[get("/one/same")]
async fn outside() -> &'static str {
    "outside"
}

#[derive(Clone)]
struct Nobody;

#[get("/extension")]
async fn extension(_nobody: Extension<Nobody>) -> &'static str {
    "never"
}

fn report(app: Application) -> String {
    app.check().expect_err("a report").to_string()
}

#[test]
fn duplicates_across_scopes_are_found() {
    let app = Application::empty().handler::<in_scope>().handler::<outside>().state(Missing).state("text");
    let report = report(app);
    assert!(report.contains("GET /one/same has 2 handlers"), "{report}");
    assert_eq!(report.matches("launch.rs:").count(), 2, "{report}");
}

#[test]
fn state_that_a_hook_needs_is_missing_at_its_place() {
    let report = report(Application::empty().handler::<in_scope>());
    assert!(report.contains("Missing` is given"), "{report}");
    assert!(report.contains("One::needs"), "{report}");
    assert!(report.contains("`&str` is given"), "{report}");
}

#[test]
fn an_extension_needs_somebody_who_leaves_it() {
    let report = report(Application::empty().handler::<extension>());
    assert!(report.contains("nothing leaves an extension of type"), "{report}");
    assert!(report.contains("GET /extension in extension"), "{report}");
    let told = Application::empty().handler::<extension>().provides::<Nobody>();
    assert!(told.check().is_ok());
}
