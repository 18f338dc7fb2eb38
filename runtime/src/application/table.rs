//! The route table: `--routes` for people, `--routes=json` for machines.

use serde::Serialize;

use crate::application::app::App;

#[derive(Serialize)]
struct Row<'a> {
    method: &'a str,
    path: &'a str,
    handler: &'a str,
    module: &'a str,
    package: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
}

/// Four columns: method, path, handler, file and line.
pub(super) fn text(app: &App) -> String {
    let rows: Vec<[String; 4]> = app
        .routes
        .iter()
        .map(|(path, route)| {
            let place = format!("{}:{}", route.location.file, route.location.line);
            [route.method.to_owned(), path.clone(), route.handler.to_owned(), place]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let (method, path, handler) = (width(0), width(1), width(2));
    rows.iter().map(|row| format!("{:method$}  {:path$}  {:handler$}  {}\n", row[0], row[1], row[2], row[3])).collect()
}

/// A JSON array, one object a route.
pub(super) fn json(app: &App) -> String {
    let rows: Vec<Row<'_>> = app
        .routes
        .iter()
        .map(|(path, route)| Row {
            method: route.method,
            path,
            handler: route.handler,
            module: route.module,
            package: route.package.name,
            file: route.location.file,
            line: route.location.line,
            column: route.location.column,
        })
        .collect();
    // Strings and numbers always become JSON.
    let mut text = serde_json::to_string_pretty(&rows).unwrap_or_default();
    text.push('\n');
    text
}
