//! The `OpenAPI` 3.1 document: what the records of the routes say.

use serde_json::{Map, Value, json};

use crate::application::app::App;
use crate::handler::Route;
use crate::response::Place;
use crate::route::pattern::{Pattern, Segment};

/// The methods that a path item of `OpenAPI` 3.1 has a field for.
const METHODS: [&str; 8] = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// The document as JSON. Types stand as `{}`: records know the names and places of inputs, not their schemas.
pub(super) fn document(app: &App) -> String {
    let mut paths: Map<String, Value> = Map::new();
    for (path, route) in app.routes.iter().filter(|(_, route)| METHODS.contains(&route.method)) {
        let item = paths.entry(template(path)).or_insert_with(|| json!({}));
        item[route.method.to_ascii_lowercase()] = operation(route);
    }
    let title = app.routes.first().map_or("squall", |(_, route)| route.package.name);
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": title, "version": "0.0.0" },
        "paths": paths,
    });
    // A Value always becomes JSON.
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// `OpenAPI` writes a tail as a parameter like any other.
fn template(path: &str) -> String {
    let Ok(pattern) = Pattern::parse(path) else { return path.to_owned() };
    let segment = |segment: &Segment| match segment {
        Segment::Literal(text) => format!("/{text}"),
        Segment::Parameter(name) | Segment::Tail(name) => format!("/{{{name}}}"),
    };
    pattern.segments.iter().map(segment).collect()
}

fn operation(route: &Route) -> Value {
    let named = route.inputs.iter().filter(|input| !input.name.is_empty() && input.place != Place::Body);
    let parameters: Vec<Value> = named
        .map(|input| json!({ "name": input.name, "in": input.place, "required": input.required, "schema": {} }))
        .collect();
    let mut operation = json!({
        "operationId": format!("{}_{}", route.method.to_ascii_lowercase(), route.handler.replace("::", "_")),
        "parameters": parameters,
        "responses": { "default": { "description": "the answer of the handler" } },
    });
    if !route.doc.is_empty() {
        operation["summary"] = json!(route.doc);
    }
    operation
}
