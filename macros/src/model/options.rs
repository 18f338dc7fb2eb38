//! The options that scopes, handlers and verbs share: limits, and what stands around the handler.

use proc_macro2::TokenStream;
use syn::{Expr, LitStr};

use crate::errors::Errors;
use crate::parse::{Arguments, Setting, or_key};

/// What the attribute says, in the order in which it says it.
#[derive(Default)]
pub(crate) struct SharedOptions {
    /// In bytes.
    pub(crate) body_limit: Option<usize>,
    /// In milliseconds.
    pub(crate) timeout: Option<u64>,
    pub(crate) limits: Option<TokenStream>,
    pub(crate) wraps: Vec<Wrap>,
}

impl SharedOptions {
    /// Whether it says nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.body_limit.is_none() && self.timeout.is_none() && self.limits.is_none() && self.wraps.is_empty()
    }
}

/// Something around a handler.
pub(crate) enum Wrap {
    /// A function that makes a layer of tower.
    Layer(TokenStream),
    /// A middleware.
    Middleware(TokenStream),
    /// A function that shapes errors.
    OnError(TokenStream),
}

/// Reads them all, `body` excepted, which verbs read in their own way.
pub(crate) fn shared_options(arguments: &mut Arguments, errors: &Errors) -> SharedOptions {
    let keys: Vec<String> = arguments.settings.iter().map(|setting| setting.key.to_string()).collect();
    let timeout = arguments.take("timeout").and_then(|setting| duration(setting, errors));
    let limits = arguments.take("limits").and_then(|setting| function(setting, "strict", errors));
    let mut wraps = Vec::new();
    for key in keys {
        let (example, wrap): (_, fn(TokenStream) -> Wrap) = match key.as_str() {
            "layer" => ("compression", Wrap::Layer),
            "middleware" => ("timing", Wrap::Middleware),
            "on_error" => ("error_page", Wrap::OnError),
            _ => continue,
        };
        wraps.extend(arguments.take(&key).and_then(|setting| function(setting, example, errors)).map(wrap));
    }
    SharedOptions { body_limit: None, timeout, limits, wraps }
}

/// `in = Admin`: the scope that a handler or another scope belongs to.
pub(crate) fn scope_of(arguments: &mut Arguments, errors: &Errors) -> Option<TokenStream> {
    let setting = arguments.take("in")?;
    let value = setting.value.unwrap_or_default();
    if syn::parse2::<syn::Path>(value.clone()).is_ok() {
        return Some(value);
    }
    errors.at(or_key(&value, &setting.key), "`in` names a scope: write `in = Admin`, without quotes");
    None
}

/// `body = "20MiB"`, where it is a limit and nothing else.
pub(crate) fn body_limit(arguments: &mut Arguments, errors: &Errors) -> Option<usize> {
    let setting = arguments.take("body")?;
    let value = setting.value.unwrap_or_default();
    let limit = syn::parse2::<LitStr>(value.clone()).ok().and_then(|text| size(&text.value()));
    if limit.is_none() {
        let at = or_key(&value, &setting.key);
        errors.at(at, "`body` is a size: write `body = \"20MiB\"`, with B, KiB, MiB or GiB");
    }
    limit
}

fn function(setting: Setting, example: &str, errors: &Errors) -> Option<TokenStream> {
    let value = setting.value.unwrap_or_default();
    let key = &setting.key;
    match syn::parse2::<Expr>(value.clone()) {
        // A function may make a middleware, and one that shapes errors.
        Ok(Expr::Call(_) | Expr::MethodCall(_) | Expr::Struct(_)) if key == "layer" || key == "limits" => {
            let of = if key == "layer" { "a layer" } else { "limits" };
            errors.at(
                value,
                format!("`{key}` names a function that makes {of}: write `{key} = {example}`, and this inside"),
            );
        }
        Ok(Expr::Lit(_) | Expr::Infer(_)) | Err(_) => {
            errors.at(or_key(&value, key), format!("`{key}` names a function: write `{key} = {example}`"));
        }
        Ok(_) => return Some(value),
    }
    None
}

/// A time as text, in milliseconds.
fn duration(setting: Setting, errors: &Errors) -> Option<u64> {
    let value = setting.value.unwrap_or_default();
    let time = syn::parse2::<LitStr>(value.clone()).ok().and_then(|text| time(&text.value()));
    if time.is_none() {
        let key = &setting.key;
        let message = format!("`{key}` is a time: write `{key} = \"5s\"`, with ms, s, m, h or d");
        errors.at(or_key(&value, key), message);
    }
    time
}

/// A time in milliseconds: `500ms`, `5s`, `10 m`. Zero is none.
pub(crate) fn time(text: &str) -> Option<u64> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: u64 = text[..digits].parse().ok()?;
    let factor: u64 = match text[digits..].trim() {
        "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(factor).filter(|time| *time > 0)
}

/// A number of bytes: `4096`, `64KiB`, `20 MiB`.
pub(crate) fn size(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: usize = text[..digits].parse().ok()?;
    let factor: usize = match text[digits..].trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("20MiB"), Some(20 << 20));
        assert_eq!(size("64 KiB"), Some(64 << 10));
        assert_eq!(size("4096"), Some(4096));
        for wrong in ["", "MiB", "20MB", "-1", "99999999999GiB"] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_have_units() {
        assert_eq!(time("5s"), Some(5000));
        assert_eq!(time("250 ms"), Some(250));
        assert_eq!(time("5m"), Some(300_000));
        for wrong in ["", "s", "5", "0s", "-1s", "5 min", "99999999999999999999s", "99999999999999999d"] {
            assert_eq!(time(wrong), None, "{wrong}");
        }
    }
}
