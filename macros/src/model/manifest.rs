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

/// Reads as much TOML as the question needs: the keys of `[lib]`, and `autolib` of `[package]`.
fn library_name(manifest: &str, package: &str, has_file: bool) -> Option<String> {
    let (mut section, mut declared, mut autolib, mut name, mut linkable) = ("", false, true, None, true);
    for line in manifest.lines().map(str::trim) {
        if let Some(header) = line.strip_prefix('[') {
            section = header.split(']').next().unwrap_or_default().trim();
            declared |= section == "lib";
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let value = value.split('#').next().unwrap_or_default().trim();
        match (section, key.trim()) {
            ("package", "autolib") => autolib = value != "false",
            ("lib", "name") => name = Some(value.trim_matches(['"', '\'']).to_owned()),
            ("lib", "proc-macro") => linkable = value != "true",
            ("lib", "crate-type" | "crate_type") => {
                linkable = ["\"lib\"", "\"rlib\"", "\"dylib\""].iter().any(|kind| value.contains(kind));
            }
            _ => {}
        }
    }
    let exists = declared || (autolib && has_file);
    (exists && linkable).then(|| name.unwrap_or_else(|| package.replace('-', "_")))
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
}
