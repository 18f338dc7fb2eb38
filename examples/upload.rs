//! Uploads to disk that tell how far they are: `cargo run --example upload`, and open the page.

use squall::{Application, FromMultipart, Html, Json, Multipart, RequestId, State, UploadedFile, get, handler, post};
use std::{collections::HashMap, env, path::PathBuf, sync::Mutex};

/// How many bytes of each upload are there.
type Running = Mutex<HashMap<u32, u64>>;

#[handler("/uploads/{id}")]
struct Upload {
    id: u32, // the page draws it by lot
}

#[handler]
impl Upload {
    #[post(body = "20MiB")]
    async fn take(&self, mut form: Multipart, running: State<Running>, folder: State<PathBuf>) -> squall::Result<()> {
        let mut tell = |bytes| _ = running.lock().expect("no thread panics with it").insert(self.id, bytes);
        while let Some(part) = form.next().await? {
            let Some(name) = part.file_name().map(|name| format!("{}-{name}", self.id)) else { continue };
            part.on_progress(&mut tell).save_to(folder.join(name)).await?; // what breaks off is removed
        }
        Ok(())
    }

    /// Runs however the upload ended.
    #[finish]
    async fn over(&self, running: State<Running>) {
        running.lock().expect("no thread panics with it").remove(&self.id);
    }
}

#[get("/uploads/{id}")]
async fn progress(id: u32, running: State<Running>) -> Option<Json<u64>> {
    running.lock().expect("no thread panics with it").get(&id).copied().map(Json)
}

#[derive(FromMultipart)]
struct Portrait {
    #[part(limit = "1MiB")]
    photo: UploadedFile,
}

/// The simple case: the whole form is read before the handler runs.
#[post("/portraits")]
async fn portrait(mut form: Portrait, folder: State<PathBuf>, id: RequestId) -> squall::Result<()> {
    form.photo.save_to(folder.join(format!("portrait-{id}"))).await
}

#[get("/")]
async fn page() -> Html<&'static str> {
    Html(include_str!("assets/upload.html"))
}

#[squall::main]
async fn app() -> Application {
    let folder = env::var_os("UPLOADS").map_or_else(env::temp_dir, PathBuf::from);
    Application::new().state(Running::default()).state(folder)
}
