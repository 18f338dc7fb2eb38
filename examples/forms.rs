//! A form that says what is wrong with it, and a redirect when nothing is: `cargo run --example forms`.
use serde::Deserialize;
use squall::{Application, Faults, Form, Html, Redirect, State, StatusCode, Validate, Violations, get, post};
use std::sync::Mutex;

type Parties = Mutex<Vec<Party>>;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Party {
    email: String,
    guest: Vec<String>, // the fields of this name
}

impl Validate for Party {
    fn validate(&self, violations: &mut Violations) {
        if !self.email.contains('@') {
            violations.add("/email", "must be an address");
        }
        if self.guest.iter().all(|guest| guest.trim().is_empty()) {
            violations.add("/guest", "must be somebody");
        }
    }
}

fn page(party: &Party, faults: &Faults) -> Html<String> {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    let mut page = format!("<!doctype html><form method=post><input name=email value=\"{}\">", escaped(&party.email));
    page.extend(party.guest.iter().map(|guest| format!("\n<input name=guest value=\"{}\">", escaped(guest))));
    page.extend(faults.iter().map(|fault| format!("\n<p role=alert>{}: {}</p>", fault.name, escaped(&fault.detail))));
    Html(page + "\n<button>We will come</button></form>")
}

#[get("/")]
async fn form() -> Html<String> {
    page(&Party { guest: vec![String::new(); 4], ..Party::default() }, &Faults::default())
}

#[post("/")]
async fn book(Form(party): Form<Party>, booked: State<Parties>) -> Result<Redirect, (StatusCode, Html<String>)> {
    let faults = party.faults();
    if !faults.is_empty() {
        return Err((faults.status(), page(&party, &faults))); // what was typed in is still there
    }
    booked.lock().expect("no thread panics with it").push(party);
    Ok(Redirect::to(parties {})) // 303: who reloads the next page does not send the form again
}

#[get("/parties")]
async fn parties(booked: State<Parties>) -> String {
    let booked = booked.lock().expect("no thread panics with it");
    booked.iter().map(|party| format!("{}: {}\n", party.email, party.guest.join(" "))).collect()
}

#[squall::main]
async fn app() -> Application {
    Application::new().state(Parties::default())
}
