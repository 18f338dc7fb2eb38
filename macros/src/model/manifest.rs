//! What the package's manifest says about its library.

use std::path::Path;

use proc_macro2::{Ident, Span};

/// The library that a program of this package must link, so that its handlers are registered: a crate that nobody names
/// is not linked. None in the library itself, and where there is none.
pub(crate) fn own_library() -> Option<Ident> {
    let variable = |name: &str| std::env::var(name).ok();
    let directory = variable("CARGO_MANIFEST_DIR")?;
    let package = variable("CARGO_PKG_NAME")?;
    let manifest = std::fs::read_to_string(Path::new(&directory).join("Cargo.toml")).ok()?;
    let has_file = Path::new(&directory).join("src/lib.rs").is_file();
    let name = library_name(&manifest, &package, has_file)?;
    let this = variable("CARGO_CRATE_NAME")?;
    // A binary may bear its library's name; only cargo's variable tells them apart.
    let is_binary = variable("CARGO_BIN_NAME").is_some();
    (is_binary || this != name).then(|| Ident::new(&name, Span::call_site()))
}

/// Reads as much TOML as the question needs: the keys of `lib`, and `autolib` of `package`, in every form that a key
/// has. What cannot be read says nothing: the library then counts as one that can be linked, by the package's name.
fn library_name(manifest: &str, package: &str, has_file: bool) -> Option<String> {
    let mut library = Library { autolib: true, ..Library::default() };
    let mut section = Vec::new();
    for statement in statements(manifest) {
        let statement = statement.trim();
        if statement.starts_with('[') {
            section = keys(statement.trim_matches(['[', ']']));
            library.declared |= section == ["lib"];
        } else if let Some((key, value)) = statement.split_once('=') {
            let mut path = section.clone();
            path.extend(keys(key));
            library.set(&path, value.trim());
        }
    }
    let exists = library.declared || (library.autolib && has_file);
    (exists && !library.unlinkable).then(|| library.name.unwrap_or_else(|| package.replace('-', "_")))
}

#[derive(Default)]
struct Library {
    declared: bool,
    autolib: bool,
    name: Option<String>,
    unlinkable: bool,
}

impl Library {
    fn set(&mut self, path: &[String], value: &str) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        self.declared |= path.first() == Some(&"lib");
        if let (["lib" | "package"], Some(table)) = (path.as_slice(), within(value, '{', '}')) {
            for (key, value) in split(table, ',').iter().filter_map(|pair| pair.split_once('=')) {
                let mut inner: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
                inner.extend(keys(key));
                self.set(&inner, value.trim());
            }
            return;
        }
        match path.as_slice() {
            ["package", "autolib"] => self.autolib = value != "false",
            ["lib", "name"] => self.name = text(value).map(str::to_owned),
            ["lib", "proc-macro" | "proc_macro"] => self.unlinkable |= value == "true",
            ["lib", "crate-type" | "crate_type"] => {
                let kinds: Option<Vec<&str>> = within(value, '[', ']').and_then(|list| {
                    let pieces = list.split(',').map(str::trim).filter(|kind| !kind.is_empty());
                    pieces.map(text).collect()
                });
                self.unlinkable |= kinds.is_some_and(|kinds| {
                    !kinds.is_empty() && !kinds.iter().any(|kind| matches!(*kind, "lib" | "rlib" | "dylib"))
                });
            }
            _ => {}
        }
    }
}

/// The headers and assignments, each without its comments and on one line, however many it takes.
fn statements(manifest: &str) -> Vec<String> {
    split(manifest, '\n')
}

/// Cuts where a character stands outside of text, lists and tables; comments are left out.
fn split(text: &str, at: char) -> Vec<String> {
    let (mut pieces, mut piece, mut depth) = (Vec::new(), String::new(), 0_u32);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            '"' | '\'' => quoted(rest, c),
            '#' => {
                rest = rest.find('\n').map_or("", |end| rest.get(end..).unwrap_or_default());
                continue;
            }
            _ => c.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        match c {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if c == at && depth == 0 {
            pieces.push(std::mem::take(&mut piece));
        } else {
            piece.push_str(token);
        }
    }
    pieces.push(piece);
    pieces
}

/// How many bytes a text takes, with its quotes; one that is not closed ends with its line.
fn quoted(rest: &str, quote: char) -> usize {
    let triple = String::from(quote).repeat(3);
    if let Some(inner) = rest.strip_prefix(&triple) {
        return inner.find(&triple).map_or(rest.len(), |end| end + 6);
    }
    let mut is_escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            '\n' => return at,
            _ if is_escaped => is_escaped = false,
            '\\' if quote == '"' => is_escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The keys of a dotted key.
fn keys(dotted: &str) -> Vec<String> {
    dotted.split('.').map(|key| key.trim().trim_matches(['"', '\'']).to_owned()).collect()
}

fn within(value: &str, open: char, close: char) -> Option<&str> {
    value.strip_prefix(open)?.strip_suffix(close)
}

fn text(value: &str) -> Option<&str> {
    let text = within(value, '"', '"').or_else(|| within(value, '\'', '\''))?;
    (!text.contains(['"', '\'', '\\'])).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_library() {
        let name = |manifest, has_file| library_name(manifest, "my-shop", has_file);
        assert_eq!(name("[package]\nname = \"my-shop\"", true).as_deref(), Some("my_shop"));
        assert_eq!(name("[package]\nname = \"my-shop\"", false), None);
        assert_eq!(
            name("[lib]\nname = \"shop\" # short\n[dependencies]\nname = \"x\"", false).as_deref(),
            Some("shop")
        );
        assert_eq!(name("[package]\nautolib = false", true), None);
        assert_eq!(name("[lib]\ncrate-type = [\"cdylib\"]", true), None);
        assert_eq!(name("[lib]\ncrate-type = [\"cdylib\", \"rlib\"]", true).as_deref(), Some("my_shop"));
        assert_eq!(name("[lib]\nproc-macro = true", true), None);
    }

    #[test]
    fn reads_every_form_of_a_key() {
        let name = |manifest| library_name(manifest, "my-shop", true);
        let shop = Some("shop");
        for manifest in [
            "lib = { name = \"shop\" }",
            "lib = { path = \"a,b.rs\", name = 'shop', crate-type = [\"cdylib\", \"rlib\"] } # {",
            "lib.name = \"shop\"\nlib.path = \"x.rs\"",
            "[ lib ] # the library\n\"name\" = \"shop\"",
            "[package]\ndescription = \"\"\"\n[lib]\nname = \"x\"\n\"\"\"\n[lib]\nname = \"shop\"",
            "[package]\nkeywords = [ # one\n  \"a]\",\n]\n[lib]\r\nname = \"shop\"\r\n",
            "[lib]\ncrate-type = [\n  \"cdylib\", # \"]\n  \"rlib\",\n]\nname = \"shop\"",
        ] {
            assert_eq!(name(manifest).as_deref(), shop, "{manifest}");
        }
        for manifest in [
            "[lib]\ncrate-type = [\n  \"cdylib\",\n  \"staticlib\", # not \"rlib\"\n]",
            "lib = { crate-type = ['cdylib'] }",
            "lib.crate-type = [\"cdylib\"]",
            "lib.proc-macro = true",
            "package = { autolib = false }",
            "package.autolib = false",
        ] {
            assert_eq!(name(manifest), None, "{manifest}");
        }
    }

    #[test]
    fn what_cannot_be_read_can_be_linked() {
        for manifest in [
            "[lib]\ncrate-type = \"cdylib\"",
            "[lib]\ncrate-type = [cdylib",
            "[lib]\nname = \"\\u0041\"",
            "[[[",
            "\"",
            "= = [",
        ] {
            assert_eq!(library_name(manifest, "my-shop", true).as_deref(), Some("my_shop"), "{manifest}");
        }
    }
}
