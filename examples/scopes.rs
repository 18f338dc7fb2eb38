//! Prefixes, and what the handlers under them share: `cargo run --example scopes`, then
//! `curl -H 'authorization: Bearer ann-1' localhost:8888/admin/audit/sent`.
use squall::{Application, Extension, Outcome, Problem, State, StatusCode, get, scope};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

#[derive(Clone, PartialEq)]
struct User(&'static str);

#[scope("/admin")]
struct Admin {
    #[header]
    authorization: Option<String>,
}

#[scope]
impl Admin {
    /// Runs before each handler of the scope. What it returns is left with the request; an error is the answer.
    #[prepare]
    async fn known(&self) -> Result<User, Problem> {
        match self.authorization.as_deref() {
            Some("Bearer ann-1") => Ok(User("Ann")),
            Some("Bearer bob-2") => Ok(User("Bob")),
            _ => Err(Problem::new(StatusCode::UNAUTHORIZED).header("www-authenticate", "Bearer")),
        }
    }

    /// Runs once for each request, when the answer is over or the client has left.
    #[finish]
    async fn counted(&self, outcome: &Outcome, sent: State<AtomicU64>) {
        sent.fetch_add(outcome.bytes(), Relaxed);
    }
}

/// Below `/admin/audit`.
#[scope("/audit", in = Admin)]
struct Audit;

#[scope]
impl Audit {
    #[prepare]
    async fn allowed(&self, Extension(user): Extension<User>) -> Result<(), StatusCode> {
        if user == User("Ann") { Ok(()) } else { Err(StatusCode::FORBIDDEN) }
    }
}

#[get("/", in = Admin)]
async fn home(Extension(user): Extension<User>) -> String {
    format!("Hello, {}", user.0)
}

#[get("/sent", in = Audit)]
async fn sent(sent: State<AtomicU64>) -> String {
    sent.load(Relaxed).to_string()
}

#[squall::main]
async fn app() -> Application {
    Application::new().state(AtomicU64::new(0))
}
