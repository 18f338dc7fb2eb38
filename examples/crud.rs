//! Create, read, update and delete, as JSON over a state: `cargo run --example crud`.
use serde::{Deserialize, Serialize};
use squall::{Application, Json, NoContent, Redirect, State, handler};
use std::collections::BTreeMap;
use std::sync::Mutex;

type Notes = Mutex<BTreeMap<u32, Note>>;

#[derive(Clone, Serialize, Deserialize)]
struct Note {
    text: String,
}

#[handler("/notes")]
struct All {}

#[handler]
impl All {
    #[get]
    async fn list(&self, notes: State<Notes>) -> Json<BTreeMap<u32, Note>> {
        Json(notes.lock().expect("no writer panics").clone())
    }

    #[post]
    async fn create(&self, notes: State<Notes>, Json(note): Json<Note>) -> Redirect {
        let mut notes = notes.lock().expect("no writer panics");
        let id = notes.keys().last().map_or(1, |last| last + 1);
        notes.insert(id, note);
        Redirect::to(One { id })
    }
}

#[handler("/notes/{id}")]
struct One {
    id: u32,
}

#[handler]
impl One {
    #[get]
    async fn show(&self, notes: State<Notes>) -> Option<Json<Note>> {
        notes.lock().expect("no writer panics").get(&self.id).cloned().map(Json)
    }

    #[put]
    async fn replace(&self, notes: State<Notes>, Json(note): Json<Note>) -> Option<NoContent> {
        notes.lock().expect("no writer panics").get_mut(&self.id).map(|old| *old = note).map(|()| NoContent)
    }

    #[delete]
    async fn remove(&self, notes: State<Notes>) -> Option<NoContent> {
        notes.lock().expect("no writer panics").remove(&self.id).map(|_| NoContent)
    }
}

#[squall::main]
async fn app() -> Application {
    Application::new().state(Notes::default())
}
