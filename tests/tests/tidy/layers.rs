//! Imports inside the runtime run one way.

use std::collections::BTreeSet;

use crate::code::module_of;
use crate::repository::{Source, sources};
use crate::{lexer, verdict};

/// Who may import whom: a module may import itself, the modules named beside it, and whatever those may import.
///
/// A row names only rows below it, so the table has no circle.
const LAYERS: [(&str, &[&str]); 16] = [
    ("guide", &[]),
    ("testing", &["application", "client"]),
    ("application", &["registry", "server", "middleware"]),
    ("registry", &["handler", "route"]),
    ("server", &["handler"]),
    ("client", &["handler"]),
    ("middleware", &["handler"]),
    ("handler", &["extract"]),
    ("extract", &["response"]),
    ("response", &["request"]),
    ("request", &["link"]),
    ("link", &["body"]),
    ("body", &["error"]),
    ("route", &["error"]),
    ("error", &["location"]),
    ("location", &[]),
];

/// What generated code names: it may import everything, and nothing imports it. `lib` holds the public face.
const ABOVE_ALL: [&str; 2] = ["lib", "private"];

/// The file that both the runtime and the macros compile, so it stands alone.
const STANDS_ALONE: &str = "runtime/src/route/pattern.rs";

#[test]
fn the_table_has_no_circle() {
    let mut violations = Vec::new();
    for (index, (module, below)) in LAYERS.iter().enumerate() {
        let later: Vec<_> = LAYERS[index + 1..].iter().map(|(name, _)| name).collect();
        for name in below.iter().filter(|name| !later.contains(name)) {
            violations.push(format!("{module} → {name}"));
        }
    }
    verdict(&violations, "Each row of LAYERS names only rows below it.");
}

#[test]
fn imports_run_one_way() {
    let runtime = sources("runtime/src");
    let macros: BTreeSet<_> = runtime.iter().flat_map(declared_macros).collect();
    let mut violations = Vec::new();
    for source in &runtime {
        let from = module_of(source);
        if ABOVE_ALL.contains(&from) {
            continue;
        }
        let Some(allowed) = may_import(from) else {
            violations.push(format!("{}: `{from}` has no row in LAYERS", source.path));
            continue;
        };
        for (at, name) in imports(source) {
            if allowed.contains(name.as_str()) || macros.contains(name.as_str()) {
                continue;
            }
            let what = if may_import(&name).is_some() {
                format!("`{from}` may not import `{name}`")
            } else if name.trim_start_matches('_') == "private" {
                "only generated code names `private`".to_owned()
            } else {
                format!("`crate::{name}` hides the module it lives in: name that module")
            };
            violations.push(format!("{}: {what}", source.place(at)));
        }
    }
    verdict(
        &violations,
        &format!(
            "Imports inside runtime/src run one way. Move what both need into the lower module, or pass it in as an \
             argument.\nA module may import itself and whatever stands behind an arrow of its row or of theirs:\n{}",
            drawing()
        ),
    );
}

#[test]
fn the_path_grammar_stands_alone() {
    let mut violations = Vec::new();
    for source in sources(STANDS_ALONE) {
        for name in ["crate", "super"] {
            let paths = lexer::paths(&source.shipped, name).into_iter();
            violations.extend(paths.map(|(at, path)| format!("{}: {name}::{}", source.place(at), path.join("::"))));
        }
        for at in lexer::words(&source.shipped, "use") {
            let root = lexer::name_at(&source.shipped, lexer::skip_space(&source.shipped, at + 3));
            if !["alloc", "core", "std", "crate", "super"].contains(&root) {
                violations.push(format!("{}: use {root}", source.place(at)));
            }
        }
    }
    verdict(&violations, "The macros compile this file, too: it names the standard library alone.");
}

/// The modules that `module` may import, itself among them; `None` where the table does not know it.
fn may_import(module: &str) -> Option<BTreeSet<&'static str>> {
    let own = LAYERS.iter().position(|(name, _)| *name == module)?;
    let mut allowed = BTreeSet::from([LAYERS[own].0]);
    // Rows name only rows below them, so one pass downwards finds everything.
    for (name, below) in &LAYERS[own..] {
        if allowed.contains(name) {
            allowed.extend(*below);
        }
    }
    Some(allowed)
}

/// The table as failure messages show it.
fn drawing() -> String {
    let row = |(module, below): &(&str, &[&str])| {
        let below = if below.is_empty() { "nothing".to_owned() } else { below.join(", ") };
        format!("  {module:>11} → {below}\n")
    };
    let rows: String = LAYERS.iter().map(row).collect();
    format!("{rows}      private → everything; nothing imports it")
}

/// The first name behind the root of the crate in every import and path of a file, tests left out.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let code = &source.shipped;
    let mut found: Vec<_> = lexer::paths(code, "crate").into_iter().map(first).collect();
    let inline = inline_modules(code);
    for (at, path) in lexer::paths(code, "super") {
        let climbs = 1 + path.iter().take_while(|name| *name == "super").count();
        let depth = depth_of(&source.path) + inline.iter().filter(|module| module.contains(&at)).count();
        if climbs >= depth {
            found.push(first((at, path[climbs - 1..].to_vec())));
        }
    }
    found.sort();
    found
}

fn first((at, path): (usize, Vec<String>)) -> (usize, String) {
    (at, path.into_iter().next().unwrap_or_default())
}

/// How many `super` lead from a file to the root of the crate.
fn depth_of(path: &str) -> usize {
    path.trim_start_matches("runtime/src/").trim_end_matches(".rs").trim_end_matches("/mod").split('/').count()
}

/// Where `mod name { .. }` stands in a file.
fn inline_modules(code: &str) -> Vec<std::ops::Range<usize>> {
    let body = |at: usize| {
        let name = lexer::skip_space(code, at + 3);
        let open = lexer::skip_space(code, name + lexer::name_at(code, name).len());
        code[open..].starts_with('{').then(|| open..lexer::balanced(code, open))
    };
    lexer::words(code, "mod").into_iter().filter_map(body).collect()
}

/// The names a file gives to macros: those live at the root of the crate.
fn declared_macros(source: &Source) -> Vec<String> {
    let name = |at: usize| {
        let bang = lexer::skip_space(&source.code, at + "macro_rules".len());
        lexer::name_at(&source.code, lexer::skip_space(&source.code, bang + 1)).to_owned()
    };
    lexer::words(&source.code, "macro_rules").into_iter().map(name).collect()
}
