//! What lives beside the requests: `cargo run --example state_and_tasks`, then `curl localhost:8888`.
use squall::{AppHandle, Application, Background, State, StatusCode, every, get, post};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::{env, io, path::PathBuf, time::Duration};
use tokio::{fs, time};

struct Greeting(&'static str);

struct Counter(AtomicU64, PathBuf);

impl Counter {
    /// With what the last run kept. An error ends the start.
    async fn open(_: AppHandle) -> io::Result<Self> {
        let place = PathBuf::from(env::var_os("VISITS").unwrap_or("visits.txt".into()));
        let visits = match fs::read_to_string(&place).await {
            Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
            text => text?.trim().parse().map_err(io::Error::other)?,
        };
        Ok(Self(visits.into(), place))
    }

    async fn keep(&self) -> io::Result<()> {
        fs::write(self.1.with_extension("new"), self.0.load(Relaxed).to_string()).await?;
        fs::rename(self.1.with_extension("new"), &self.1).await // never half of it
    }
}

#[get("/")]
async fn index(greeting: State<Greeting>, counter: State<Counter>) -> String {
    format!("{}, visitor {}\n", greeting.0, counter.0.fetch_add(1, Relaxed) + 1)
}

/// An error goes to the log, and the next run comes in its time.
#[every("1s")]
async fn keep(counter: State<Counter>) -> io::Result<()> {
    counter.keep().await
}

/// Work that outlives its request, and is dropped where it waits when the application stops.
#[post("/robots")]
async fn robot(background: Background, counter: State<Counter>) -> StatusCode {
    background.spawn(async move {
        time::sleep(Duration::from_millis(100)).await; // the long way here
        counter.0.fetch_add(10, Relaxed);
    });
    StatusCode::ACCEPTED
}

#[squall::main]
async fn app() -> Application {
    Application::new()
        .state(Greeting("Welcome"))
        .state_at_start(Counter::open) // `--check` and `--routes` do without
        .on_start(async |app| app.state::<Counter>().expect("it was made").keep().await) // an error now, not later
        .on_stop(async |app| match app.state::<Counter>() {
            Some(counter) => counter.keep().await,
            None => Ok(()), // the start has failed
        })
}
