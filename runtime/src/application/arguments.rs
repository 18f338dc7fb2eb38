//! The command line of a `#[squall::main]` program.

/// What the program was asked to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Task {
    /// Serve.
    #[default]
    Serve,
    /// Print the route table.
    Routes,
    /// Print the route table as JSON.
    RoutesJson,
    /// Run the launch check.
    Check,
    /// Print the `OpenAPI` document.
    OpenApi,
    /// Print the usage.
    Help,
}

/// The arguments, read.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Arguments {
    pub(super) task: Task,
    pub(super) host: Option<String>,
    pub(super) port: Option<String>,
}

/// The usage, printed by `--help`.
pub(super) const USAGE: &str = "\
Options:
  --host HOST      listen on this IP address or localhost (default 127.0.0.1)
  --port PORT      listen on this port (default 8888, 0 for any free one)
  --routes[=json]  print every route and exit
  --check          run the launch check and exit: 0 when all is well, 1 with the report
  --openapi        print the OpenAPI document and exit
  --help           print this

Environment:
  SQUALL_RUN=routes|check|openapi does what the options do;
  SQUALL_HOST, SQUALL_PORT, HOST and PORT choose the address.
";

/// Reads the arguments; `run` is `SQUALL_RUN`. The error is a sentence for the person who typed them.
pub(super) fn parse(arguments: impl Iterator<Item = String>, run: Option<&str>) -> Result<Arguments, String> {
    let mut parsed = Arguments::default();
    let mut arguments = arguments.peekable();
    if let Some(run) = run.filter(|run| !run.is_empty()) {
        parsed.task = match run {
            "routes" => Task::Routes,
            "routes=json" => Task::RoutesJson,
            "check" => Task::Check,
            "openapi" => Task::OpenApi,
            other => return Err(format!("SQUALL_RUN is {other:?}: write routes, routes=json, check or openapi")),
        };
    }
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (argument.clone(), None),
        };
        let mut wanted = |what: &str| {
            value.clone().or_else(|| arguments.next()).ok_or(format!("{name} needs a value: write {name} {what}"))
        };
        match (name.as_str(), value.as_deref()) {
            ("--routes", None) => parsed.task = Task::Routes,
            ("--routes", Some("json")) => parsed.task = Task::RoutesJson,
            ("--routes", Some(form)) => {
                return Err(format!("--routes={form} is no form of the table: write --routes or --routes=json"));
            }
            ("--check", None) => parsed.task = Task::Check,
            ("--openapi", None) => parsed.task = Task::OpenApi,
            ("--help" | "-h", None) => parsed.task = Task::Help,
            ("--host", _) => parsed.host = Some(wanted("127.0.0.1")?),
            ("--port", _) => parsed.port = Some(wanted("8888")?),
            _ => return Err(format!("{argument:?} is no option of this program; --help lists them")),
        }
    }
    Ok(parsed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(arguments: &[&str], run: Option<&str>) -> Result<Arguments, String> {
        parse(arguments.iter().map(ToString::to_string), run)
    }

    #[test]
    fn reads_every_option() {
        assert_eq!(read(&[], None), Ok(Arguments::default()));
        assert_eq!(read(&["--routes"], None).map(|a| a.task), Ok(Task::Routes));
        assert_eq!(read(&["--routes=json"], None).map(|a| a.task), Ok(Task::RoutesJson));
        assert_eq!(read(&["--check"], Some("routes")).map(|a| a.task), Ok(Task::Check));
        assert_eq!(read(&[], Some("openapi")).map(|a| a.task), Ok(Task::OpenApi));
        let both = read(&["--host", "::1", "--port=0"], None).expect("both");
        assert_eq!((both.host.as_deref(), both.port.as_deref()), (Some("::1"), Some("0")));
    }

    #[test]
    fn says_what_it_does_not_know() {
        for (arguments, part) in [
            (&["--rotes"][..], "--help"),
            (&["--routes=xml"], "--routes=json"),
            (&["--port"], "write --port 8888"),
            (&["serve"], "no option"),
        ] {
            let error = read(arguments, None).expect_err("an error");
            assert!(error.contains(part), "{error}");
        }
        assert!(read(&[], Some("nonsense")).is_err());
    }
}
