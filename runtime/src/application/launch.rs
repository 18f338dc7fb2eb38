//! The launch check: everything that can only be judged with the whole application in view.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::application::assemble::assemble;
use crate::application::check::{Served, ambiguities, duplicates, wrong_prefix};
use crate::application::needs::check_needs;
use crate::application::report::Report;
use crate::application::{App, Application, Choice, Provided};
use crate::handler::Route;
use crate::registry;
use crate::request::{Context, Shared};
use crate::route::pattern::{HostPattern, Pattern};

/// Checks the application and makes it ready to serve; or reports all that is wrong with it.
pub(super) fn launch(application: Application) -> Result<Arc<App>, Report> {
    let mut report = Report::default();
    check_packages(&application, &mut report);
    check_state_given_twice(&application, &mut report);
    let shared = Shared::default();
    let contexts = contexts(&application, &shared);
    let served = served(&application, &mut report);
    let beside = application.around.is_serving();
    if served.is_empty() && !beside && report.0.is_empty() {
        no_routes(&application, &mut report);
    }
    duplicates(&served, &mut report);
    ambiguities(&served, &mut report);
    check_mounted_once(&served, &mut report);
    check_options(&served, &mut report);
    check_needs(&application, &served, &contexts, &mut report);
    let app = assemble(application, served, &contexts, shared, &mut report);
    if report.0.is_empty() { Ok(Arc::new(app)) } else { Err(report) }
}

/// Which linked packages are served, which were left out, and which were forgotten.
fn check_packages(application: &Application, report: &mut Report) {
    let packages = registry::packages();
    if application.choice == Choice::Package && application.own.package.is_none() && packages.len() > 1 {
        let names: Vec<&str> = packages.iter().map(|package| package.name).collect();
        report.add(
            format!("`Application::new()` cannot tell which package it serves: {} register handlers", names.join(", ")),
            vec![(application.location, "created here".to_owned())],
            "write `Application::from(squall::routes!())`, or call it in a function with `#[squall::app]`",
        );
        return;
    }
    if application.own.package.is_none() {
        // Handlers taken one by one: what else is linked is of no concern.
        return;
    }
    let mounted: Vec<_> = application.mounts.iter().filter_map(|mount| mount.routes.package).collect();
    let lists = std::iter::once(&application.own).chain(application.mounts.iter().map(|mount| &mount.routes));
    let named: Vec<TypeId> = lists.flat_map(|routes| &routes.list).map(|route| (route.id)()).collect();
    for package in &packages {
        let known = application.own.package.as_ref() == Some(package) || mounted.contains(package);
        if known || application.without.iter().any(|(name, _)| name == package.name) {
            continue;
        }
        let mut routes = registry::routes();
        routes.retain(|route| route.package == *package && !named.contains(&(route.id)()));
        if routes.is_empty() {
            continue;
        }
        let place = |route: &Route| (route.location, format!("{} {}", route.method, route.path));
        let places = routes.iter().map(place).collect();
        let name = package.name;
        let path = name.replace('-', "_");
        report.add(
            format!("package {name} is linked and registers handlers that nothing serves"),
            places,
            format!("write `.mount(\"/{name}\", {path}::routes())` to serve them, or `.without(\"{name}\")`"),
        );
    }
    for (name, location) in &application.without {
        let twice = application.mounts.iter().filter(|mount| mount.routes.package.is_some_and(|own| own.name == name));
        let mut places: Vec<_> = twice.map(|mount| (mount.location, "mounted here".to_owned())).collect();
        if !places.is_empty() {
            places.push((*location, "left out here".to_owned()));
            report.add(format!("package {name} is mounted and left out"), places, "keep one of the two calls");
        }
        if !packages.iter().any(|package| package.name == name) {
            report.add(
                format!("`.without(\"{name}\")` names a package that registers no handlers"),
                vec![(*location, "left out here".to_owned())],
                "remove the call, or correct the name",
            );
        }
    }
}

fn check_state_given_twice(application: &Application, report: &mut Report) {
    let mounts = application.mounts.iter().map(|mount| &mount.routes.state);
    for provided in [&application.state, &application.own.state].into_iter().chain(mounts) {
        let mut by_type: BTreeMap<(&str, TypeId), Vec<&Provided>> = BTreeMap::new();
        for one in provided {
            by_type.entry((one.name, one.id)).or_default().push(one);
        }
        for ((name, _), given) in by_type.into_iter().filter(|(_, given)| given.len() > 1) {
            let places = given.iter().map(|one| (one.location, "given here".to_owned())).collect();
            let title = format!("state of type `{name}` is given {} times", given.len());
            report.add(title, places, "keep one; a test replaces it with `.replace_state(..)`");
        }
    }
}

/// The state that each group of routes sees: its own first, then the application's.
fn contexts(application: &Application, shared: &Shared) -> Vec<Arc<Context>> {
    let groups = std::iter::once(&application.own).chain(application.mounts.iter().map(|mount| &mount.routes));
    groups
        .map(|routes| {
            let mut context = Context::new(shared.clone());
            for provided in routes.state.iter().chain(&application.state) {
                context.provide(provided.id, provided.value.clone());
            }
            Arc::new(context)
        })
        .collect()
}

/// Every route under its prefix, sorted, so that neither link order nor the order of calls matters.
fn served(application: &Application, report: &mut Report) -> Vec<Served> {
    let mut served = Vec::new();
    let own = std::iter::once(("", &application.own));
    let mounts = application.mounts.iter().map(|mount| (mount.prefix.as_str(), &mount.routes));
    for (group, (prefix, routes)) in own.chain(mounts).enumerate() {
        if let Some(fault) = wrong_prefix(prefix) {
            let location = application.mounts[group - 1].location;
            report.add(fault, vec![(location, "mounted here".to_owned())], "write it like `\"/billing\"`");
            continue;
        }
        for route in &routes.list {
            let before = format!("{prefix}{}", route.scope.map(|scope| scope().path()).unwrap_or_default());
            // Under a prefix, `/` is the prefix itself.
            let path = if route.path == "/" && !before.is_empty() { before } else { before + route.path };
            let host = match host_of(route) {
                Ok(host) => host,
                Err(fault) => {
                    report.add(
                        fault,
                        vec![(route.location, route.handler.to_owned())],
                        "correct the host of its scope",
                    );
                    continue;
                }
            };
            match Pattern::parse(&path) {
                Ok(pattern) => {
                    served.push(Served { path, pattern, route: *route, mount: prefix.to_owned(), host, group });
                }
                Err(faults) => {
                    let reason: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
                    let place = (route.location, route.handler.to_owned());
                    report.add(format!("{path} is no path: {}", reason.join("; ")), vec![place], "correct the path");
                }
            }
        }
    }
    served.sort_by(|a, b| (&a.path, a.route.order()).cmp(&(&b.path, b.route.order())));
    served
}

fn no_routes(application: &Application, report: &mut Report) {
    report.add(
        "no handler is registered, so every request would be 404".to_owned(),
        vec![(application.location, "created here".to_owned())],
        "add one: `#[squall::get(\"/\")] async fn index() -> &'static str { \"Hello, world\" }`",
    );
}

/// The host that the scopes of a route ask for, in normal form; empty for any.
fn host_of(route: &Route) -> Result<String, String> {
    let Some(host) = route.scope.and_then(|scope| scope().host()) else { return Ok(String::new()) };
    HostPattern::parse(host).map(|pattern| pattern.normal_form()).map_err(|fault| format!("{host} is no host: {fault}"))
}

/// One handler under two prefixes: a link to it could mean either.
fn check_mounted_once(served: &[Served], report: &mut Report) {
    let mut by_handler: Vec<(TypeId, Vec<&Served>)> = Vec::new();
    for one in served {
        let id = (one.route.id)();
        match by_handler.iter_mut().find(|(known, _)| *known == id) {
            Some((_, places)) => places.push(one),
            None => by_handler.push((id, vec![one])),
        }
    }
    for (_, places) in by_handler {
        let first = places[0];
        if let Some(other) = places.iter().find(|one| one.mount != first.mount) {
            report.add(
                format!("{} is served under {} and under {}", first.route.handler, first.path, other.path),
                vec![first.place(), other.place()],
                "mount it once: a link to it could mean either",
            );
        }
    }
}

/// Options whose value only running them can tell: a default outside its range.
fn check_options(served: &[Served], report: &mut Report) {
    for one in served {
        let mut faults = Vec::new();
        (one.route.check)(&mut faults);
        for fault in faults {
            report.add(fault, vec![one.place()], "correct the option");
        }
    }
}
