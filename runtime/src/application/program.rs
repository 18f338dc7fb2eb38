//! What `#[squall::main]` runs: arguments, runtime, builder, check, server.

use std::fmt::Debug;
use std::process::ExitCode;

use crate::application::arguments::{self, Task, USAGE};
use crate::application::{App, Application, Package, enter, openapi, report, table};
use crate::error::{Error, Result};
use crate::server;

/// What the attribute knows of the program.
#[derive(Clone, Copy, Debug)]
pub struct Program {
    /// The package whose handlers it serves.
    pub package: Package,
    /// Whether it reads the command line.
    pub args: bool,
}

/// What a builder function returns: an [`Application`], or a `Result` of one.
#[diagnostic::on_unimplemented(
    message = "this function builds no application: it returns `{Self}`",
    label = "not an `Application`",
    note = "return `squall::Application`, or `Result<squall::Application, E>` where `E` implements `Debug`"
)]
pub trait Built {
    /// The application, or the text of the error.
    fn built(self) -> std::result::Result<Application, String>;
}

impl Built for Application {
    fn built(self) -> std::result::Result<Application, String> {
        Ok(self)
    }
}

impl<E: Debug> Built for std::result::Result<Application, E> {
    fn built(self) -> std::result::Result<Application, String> {
        // As `fn main() -> Result<..>` does it.
        self.map_err(|error| format!("{error:?}"))
    }
}

/// Runs the program. The exit code is 0 after a stop by signal, 1 for a fault, 2 for arguments it does not know.
pub fn main<F>(program: Program, build: impl FnOnce() -> F) -> ExitCode
where
    F: Future<Output = std::result::Result<Application, String>>,
{
    // What is not UTF-8 is no option of ours either: it is shown as far as it can be.
    let text = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
    let run = std::env::var_os("SQUALL_RUN").map(text);
    let typed: Vec<String> = if program.args { std::env::args_os().skip(1).map(text).collect() } else { Vec::new() };
    let arguments = match arguments::parse(typed.into_iter(), run.as_deref()) {
        Ok(arguments) => arguments,
        Err(message) => {
            complain(&message);
            return ExitCode::from(2);
        }
    };
    if arguments.task == Task::Help {
        let printed = print(&format!("{}, a squall program\n\n{USAGE}", program.package.name));
        return printed.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS);
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&Error::listen("the runtime cannot start", error)),
    };
    let code = runtime.block_on(async {
        let application = match enter(program.package, build()).await {
            Ok(application) => application,
            Err(text) => {
                complain(&format!("the application could not be built: {text}"));
                return ExitCode::FAILURE;
            }
        };
        install_log();
        match perform(arguments, application).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&error),
        }
    });
    // A blocking verb that still runs has had its time: the stop does not wait for it once more.
    runtime.shutdown_background();
    code
}

async fn perform(arguments: arguments::Arguments, application: Application) -> Result<()> {
    let app = application.launch()?;
    match arguments.task {
        Task::Serve => {
            let address = server::Address::from_environment_and(arguments.host, arguments.port)?;
            let listener = server::bind(address).await?;
            crate::application::run(listener, app).await
        }
        Task::Routes => print(&table::text(&app)),
        Task::RoutesJson => print(&table::json(&app)),
        Task::OpenApi => print(&openapi::document(&app)),
        Task::Check => print(&summary(&app)),
        Task::Help => print(USAGE),
    }
}

fn summary(app: &App) -> String {
    let count = app.routes.len();
    format!("all is well: {count} route{}\n", if count == 1 { "" } else { "s" })
}

/// Prints to standard output; a reader that has gone (`--routes | head`) is no fault.
fn print(text: &str) -> Result<()> {
    use std::io::Write as _;
    let mut output = std::io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Error::listen("the output cannot be written", error))
        }
        _ => Ok(()),
    }
}

/// Tells the person at the terminal; where there is none any more, nobody has to know.
fn complain(message: &str) {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "error: {message}");
}

fn failed(error: &Error) -> ExitCode {
    if error.is_launch() {
        report::print(&error.to_string());
    } else {
        let source = std::error::Error::source(error).map(|source| format!(": {source}")).unwrap_or_default();
        complain(&format!("{error}{source}"));
    }
    ExitCode::FAILURE
}

/// Logs to standard error, unless the program has set a subscriber of its own.
#[cfg(feature = "log")]
fn install_log() {
    // The error says that there is one.
    let _ = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .with_max_level(tracing::Level::INFO)
        .with_target(false)
        // A log that nobody reads any more must not end requests.
        .log_internal_errors(false)
        .try_init();
}

#[cfg(not(feature = "log"))]
fn install_log() {}
