//! Puts what was checked together: the router, and what stands around each route.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use http::Method;

use crate::application::around::{Around, MountedService, Moved};
use crate::application::check::{Served, wrong_prefix};
use crate::application::endpoint::{Call, Endpoint, Entry};
use crate::application::lifecycle::{Lifecycle, start};
use crate::application::needs::{periodic, prepares, scope_hooks};
use crate::application::report::Report;
use crate::application::routing::{Core, Routed, moved_by};
use crate::application::{App, Application};
use crate::handler::{Hooked, Route, Stage, Verb, Wrap};
use crate::middleware;
use crate::request::{BODY_LIMIT, Context, Limits, Matched, Shared};
use crate::route::Router;
use crate::route::pattern::{HostPattern, Pattern};

/// The application, ready to serve.
pub(super) fn assemble(
    application: Application,
    served: Vec<Served>,
    contexts: &[Arc<Context>],
    shared: Shared,
    report: &mut Report,
) -> App {
    let around = &application.around;
    let mut prefixes = HashMap::new();
    let mut endpoints: BTreeMap<(String, String), (Pattern, Vec<Entry>)> = BTreeMap::new();
    let (mut routes, mut all) = (Vec::new(), Vec::new());
    for one in served {
        // Links are written in the normal form; the application's own routes have no prefix.
        let prefix = Pattern::parse(&one.mount).map_or_else(|_| String::new(), |prefix| prefix.normal_form());
        prefixes.insert((one.route.id)(), prefix);
        let Ok(method) = Method::from_bytes(one.route.method.as_bytes()) else {
            report.add(
                format!("{:?} is no method", one.route.method),
                vec![one.place()],
                "use letters, digits and `-`",
            );
            continue;
        };
        let entry = entry(&one, method, Arc::clone(&contexts[one.group]), around.limits, all.len());
        all.push(Arc::clone(&entry.matched));
        let (_, entries) =
            endpoints.entry((one.host, one.pattern.normal_form())).or_insert_with(|| (one.pattern.clone(), Vec::new()));
        entries.push(entry);
        routes.push((one.path, one.route));
    }
    let mut routers: BTreeMap<String, Router<Endpoint>> = BTreeMap::new();
    for ((host, path), (pattern, entries)) in endpoints {
        let router = routers.entry(host).or_insert_with(Router::new);
        if let Err(error) = router.insert(&pattern, Endpoint::new(entries)) {
            report.add(format!("the router refuses {path}: {error}"), Vec::new(), "change the path");
        }
    }
    let mut router = routers.remove("").unwrap_or_else(Router::new);
    // Of two forms that match one host the more exact one is meant. They have been read before.
    let mut hosts: Vec<(HostPattern, Router<Endpoint>)> =
        routers.into_iter().filter_map(|(host, router)| Some((HostPattern::parse(&host).ok()?, router))).collect();
    hosts.sort_by_key(|(host, _)| host.rank());
    add_services(around, &contexts[0], &mut router, report);
    let periodic = periodic(&application);
    let Application { around, hooks, .. } = application;
    let nothing = Arc::new(Matched::nothing(Arc::clone(&contexts[0]), &around.limits));
    let core = Arc::new(Core {
        router,
        hosts,
        matched: all,
        nothing,
        fallback: around.fallback,
        trailing_slash: around.trailing_slash,
    });
    let routed: Stage = Arc::new(Routed(Arc::clone(&core)));
    let is_around = !around.wraps.is_empty() || around.on_error.is_some();
    let outer = is_around.then(|| around.wraps.into_iter().rev().fold(routed, |inner, wrap| wrap(inner)));
    // It sees what fails in the middleware, too.
    let outer = match around.on_error {
        Some(wrap) => outer.map(wrap),
        None => outer,
    };
    let nothing = |group: usize| Arc::new(Matched::nothing(Arc::clone(&contexts[group]), &Limits::default()));
    let periodic = periodic.into_iter().map(|(periodic, group)| (periodic, nothing(group))).collect();
    let lifecycle = Lifecycle {
        start: Mutex::new(start((hooks.making, hooks.starting), periodic, &contexts[0], hooks.start_deadline)),
        stopping: Mutex::new(hooks.stopping),
        context: Arc::clone(&contexts[0]),
        started: tokio::sync::OnceCell::new(),
        stop_deadline: hooks.stop_deadline,
    };
    App { core, outer, prefixes, shared, lifecycle, routes }
}

/// A route with what stands around it: that of its scopes, of its struct, of its own attribute.
fn entry(one: &Served, method: Method, context: Arc<Context>, outer: Limits, number: usize) -> Entry {
    let Route { call, shared, options, scope, .. } = one.route;
    let scopes: Vec<_> = scope.map(|scope| scope().chain().collect()).unwrap_or_default();
    let own = options.limits().within(shared.limits());
    let limits = scopes.iter().fold(own, |limits, scope| limits.within(scope.options.limits())).within(outer);
    let matched = Arc::new(Matched {
        path: one.path.clone(),
        handler: one.route.handler,
        context,
        body_limit: limits.body_limit().unwrap_or(BODY_LIMIT),
    });
    let wraps = scopes.iter().rev().map(|scope| scope.options).chain([shared, options]);
    let wraps: Vec<Wrap> = wraps.flat_map(|options| options.wraps).copied().collect();
    let hooks = scope_hooks(one);
    let finishes: Arc<[_]> = hooks.iter().rev().flat_map(|hooks| hooks.finishes).copied().collect();
    let prepares: Arc<[_]> = prepares(&hooks).into();
    let is_hooked = !prepares.is_empty() || !finishes.is_empty() || limits.time_limit().is_some();
    if wraps.is_empty() && !is_hooked {
        return Entry { method, call: Call::Plain(call), matched, number };
    }
    let mut stage: Stage = Arc::new(Verb(call));
    if is_hooked {
        stage = Arc::new(Hooked { prepares, finishes, limit: limits.time_limit(), inner: stage });
    }
    let stage = wraps.into_iter().rev().fold(stage, |inner, wrap| wrap(inner));
    Entry { method, call: Call::Staged(stage), matched, number }
}

/// The services under their prefixes, and the paths that have moved.
fn add_services(around: &Around, context: &Arc<Context>, router: &mut Router<Endpoint>, report: &mut Report) {
    for MountedService { prefix, stage, location } in &around.services {
        let place = vec![(*location, "mounted here".to_owned())];
        let fault = if prefix.is_empty() || prefix == "/" {
            Some(format!("{prefix:?} is no prefix for a service: what no route has goes to `.fallback_service(..)`"))
        } else {
            wrong_prefix(prefix)
        };
        if let Some(fault) = fault {
            report.add(fault, place, "write it like `\"/legacy\"`");
            continue;
        }
        let stage = middleware::stripped(prefix.matches('/').count(), Arc::clone(stage));
        for path in [prefix.clone(), format!("{prefix}/"), format!("{prefix}/{{*rest}}")] {
            insert_any(&path, prefix, Arc::clone(&stage), (context, around.limits), router, report, *location);
        }
    }
    for Moved { from, to, location } in &around.redirects {
        match moved_by(from, to) {
            Ok(stage) => insert_any(from, from, stage, (context, around.limits), router, report, *location),
            Err(fault) => {
                report.add(
                    fault,
                    vec![(*location, "given here".to_owned())],
                    "write it like `\"/old/{id}\", \"/new/{id}\"`",
                );
            }
        }
    }
}

fn insert_any(
    path: &str,
    shown: &str,
    stage: Stage,
    (context, limits): (&Arc<Context>, Limits),
    router: &mut Router<Endpoint>,
    report: &mut Report,
    location: crate::location::Location,
) {
    let place = || vec![(location, "given here".to_owned())];
    let pattern = match Pattern::parse(path) {
        Ok(pattern) => pattern,
        Err(faults) => {
            let reason: Vec<String> = faults.into_iter().map(|fault| fault.message).collect();
            report.add(format!("{path} is no path: {}", reason.join("; ")), place(), "correct the path");
            return;
        }
    };
    let matched =
        Arc::new(Matched { path: path.to_owned(), handler: "", ..Matched::nothing(Arc::clone(context), &limits) });
    let entry = Entry { method: Method::GET, call: Call::Staged(stage), matched, number: usize::MAX };
    if let Err(error) = router.insert(&pattern, Endpoint::any(entry)) {
        let title = format!("{shown} is taken already, by a handler or by another service: {error}");
        report.add(title, place(), "give one of them another path");
    }
}
