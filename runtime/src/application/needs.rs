//! What handlers ask of the application, and whether somebody gives it.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::application::Application;
use crate::application::check::Served;
use crate::application::report::Report;
use crate::extract::Needs;
use crate::handler::Prepare;
use crate::location::Location;
use crate::registry;
use crate::request::Context;

type Place = (Location, String);
type Missing = BTreeMap<&'static str, Vec<Place>>;

/// State and extensions that are asked for and nobody provides: one fault a type, with every place that needs it.
pub(super) fn check_needs(
    application: &Application,
    served: &[Served],
    contexts: &[Arc<Context>],
    report: &mut Report,
) {
    let (mut states, mut extensions) = (Missing::new(), Missing::new());
    for one in served {
        let scopes = scope_hooks(one);
        let mut provided = application.around.provides.clone();
        let leaves = |prepare: &Prepare| Some((prepare.provides)().0).filter(|id| *id != TypeId::of::<()>());
        let mut ask = |needs: &dyn Fn(&mut Needs), provided: &[TypeId], place: Place| {
            let mut asked = Needs::default();
            needs(&mut asked);
            for (id, name) in asked.states() {
                if !contexts[one.group].provides(*id) {
                    add(&mut states, name, &place);
                }
            }
            for (id, name) in asked.extensions() {
                if !provided.contains(id) {
                    add(&mut extensions, name, &place);
                }
            }
        };
        for prepare in prepares(&scopes) {
            ask(&prepare.needs, &provided, (prepare.location, prepare.name.to_owned()));
            provided.extend(leaves(&prepare));
        }
        // What the handler leaves is its own: the finishes of its scopes do not see it.
        for hooks in scopes {
            ask(&hooks.needs, &provided, one.place());
        }
        for prepare in one.route.hooks.prepares {
            ask(&prepare.needs, &provided, (prepare.location, prepare.name.to_owned()));
            provided.extend(leaves(prepare));
        }
        ask(&one.route.needs, &provided, one.place());
        ask(&one.route.hooks.needs, &provided, one.place());
    }
    for (periodic, group) in periodic(application) {
        let mut asked = Needs::default();
        (periodic.needs)(&mut asked);
        for (id, name) in asked.states() {
            if !contexts[group].provides(*id) {
                add(&mut states, name, &(periodic.location, periodic.name.to_owned()));
            }
        }
        for (_, name) in asked.extensions() {
            add(&mut extensions, name, &(periodic.location, periodic.name.to_owned()));
        }
    }
    for (name, places) in states {
        let title = format!("no state of type `{name}` is given, and handlers need it");
        report.add(title, places, "give the application a value of this type: `.state(..)`");
    }
    for (name, places) in extensions {
        let title = format!("nothing leaves an extension of type `{name}`, and handlers need it");
        let help =
            "return it from a `#[prepare]` that runs before; where a middleware adds it, say so: `.provides::<..>()`";
        report.add(title, places, help);
    }
}

fn add(missing: &mut Missing, name: &'static str, place: &Place) {
    let places = missing.entry(name).or_default();
    if !places.contains(place) {
        places.push(place.clone());
    }
}

/// What the scopes of a route do, outermost first.
pub(super) fn scope_hooks(one: &Served) -> Vec<crate::handler::Hooks> {
    let Some(scope) = one.route.scope else { return Vec::new() };
    let registered = registry::scope_hooks();
    let mut hooks: Vec<_> = scope()
        .chain()
        .filter_map(|scope| registered.iter().find(|hooks| (hooks.id)() == (scope.id)()))
        .map(|found| found.hooks)
        .collect();
    hooks.reverse();
    hooks
}

/// The prepares of the scopes of a route, outermost first.
pub(super) fn prepares(hooks: &[crate::handler::Hooks]) -> Vec<Prepare> {
    hooks.iter().flat_map(|hooks| hooks.prepares).copied().collect()
}

/// What the served packages do again and again, each with the mount that it came by.
pub(super) fn periodic(application: &Application) -> Vec<(crate::handler::Periodic, usize)> {
    let groups = std::iter::once(&application.own).chain(application.mounts.iter().map(|mount| &mount.routes));
    let packages: Vec<_> = groups.enumerate().filter_map(|(group, routes)| Some((routes.package?, group))).collect();
    let group_of = |package| packages.iter().find(|(known, _)| *known == package).map(|(_, group)| *group);
    registry::periodic().into_iter().filter_map(|periodic| Some((periodic, group_of(periodic.package)?))).collect()
}
