//! Text with fields of a value in braces: `"no item {id}"`.

use syn::{Ident, LitStr};

use crate::errors::Errors;
use crate::suggest::nearest;

/// Text for `format_args!`, whose placeholders are called after the numbers of the fields.
pub(crate) struct Interpolation {
    pub(crate) format: LitStr,
    /// The fields that stand in it, each once.
    pub(crate) fields: Vec<usize>,
}

/// The name that a field has in the text and in generated code.
pub(crate) fn field_name(index: usize) -> String {
    format!("__squall_{index}")
}

/// Reads the text; `names` are the fields, by name or by number.
pub(crate) fn interpolation(text: &LitStr, names: &[String], errors: &Errors) -> Option<Interpolation> {
    let value = text.value();
    let mut format = String::new();
    let mut fields = Vec::new();
    let mut rest = value.as_str();
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        format += before;
        if brace.starts_with("{{") || brace.starts_with("}}") {
            format += &brace[..2];
            rest = &brace[2..];
            continue;
        }
        let placeholder = brace.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let Some((inside, after)) = placeholder else {
            errors.at(text, "a brace stands alone: write `{id}` for a field, and `{{` or `}}` for the brace itself");
            return None;
        };
        rest = after;
        let (name, form) = inside.split_once(':').map_or((inside, ""), |(name, form)| (name.trim(), form));
        let name = name.trim();
        if form.contains('$') || form.contains('*') {
            errors.at(text, "the width of a field is a number: write `{id:>8}`");
            return None;
        }
        if !is_form(form) {
            errors.at(text, format!("`{form}` is no form of a field: write `{{id}}`, `{{id:?}}` or `{{id:>8}}`"));
            return None;
        }
        let Some(index) = names.iter().position(|known| known == name) else {
            errors.at(text, unknown(name, names));
            return None;
        };
        if !fields.contains(&index) {
            fields.push(index);
        }
        let colon = if form.is_empty() { "" } else { ":" };
        format += &format!("{{{}{colon}{form}}}", field_name(index));
    }
    format += rest;
    Some(Interpolation { format: LitStr::new(&format, text.span()), fields })
}

/// What stands behind the colon: fill, alignment, sign, width, precision and kind, each if it is wanted.
fn is_form(form: &str) -> bool {
    let is_align = |c: char| matches!(c, '<' | '^' | '>');
    let mut chars = form.chars();
    let rest = match (chars.next(), chars.next()) {
        (Some(fill), Some(align)) if is_align(align) => &form[fill.len_utf8() + 1..],
        (Some(align), _) if is_align(align) => &form[1..],
        _ => form,
    };
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let rest = rest.strip_prefix('#').unwrap_or(rest).trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.strip_prefix('.').map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    ["", "?", "x?", "X?", "x", "X", "o", "b", "e", "E", "p"].contains(&rest.trim_end())
}

fn unknown(name: &str, names: &[String]) -> String {
    let Some(first) = names.first() else {
        return format!("there is no field `{name}`, as there are none: write `{{{{` for the brace itself");
    };
    if name.is_empty() {
        return format!("`{{}}` names no field: write `{{{first}}}`");
    }
    match nearest(name, names.iter().map(String::as_str)) {
        Some(meant) if meant.parse::<usize>().is_err() => format!("there is no field `{name}`: did you mean `{meant}`"),
        _ => {
            let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("there is no field `{name}`: the fields are {}", list.join(", "))
        }
    }
}

/// The names of fields as a text calls them.
pub(crate) fn names_of<'a>(fields: impl Iterator<Item = Option<&'a Ident>>) -> Vec<String> {
    use syn::ext::IdentExt as _;
    fields.enumerate().map(|(at, name)| name.map_or_else(|| at.to_string(), |name| name.unraw().to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proc_macro2::Span;

    fn read(text: &str) -> Result<(String, Vec<usize>), String> {
        let errors = Errors::new();
        let names = ["id".to_owned(), "0".to_owned()];
        let read = interpolation(&LitStr::new(text, Span::call_site()), &names, &errors);
        let faults = errors.into_tokens().to_string();
        read.map(|read| (read.format.value(), read.fields)).ok_or(faults)
    }

    #[test]
    fn placeholders_are_renamed_and_nothing_else() {
        let ok = |text: &str, fields: &[usize]| Ok((text.to_owned(), fields.to_vec()));
        assert_eq!(
            read("no {{item}} {id}, {0:?} {id:>8}"),
            ok("no {{item}} {__squall_0}, {__squall_1:?} {__squall_0:>8}", &[0, 1])
        );
        for form in [":ä^+#010.3e", ":>8", ":#?", ":.2", ":02x", ":#x?"] {
            assert_eq!(read(&format!("{{id{form}}}")), ok(&format!("{{__squall_0{form}}}"), &[0]));
        }
        assert_eq!(read("{{}}"), ok("{{}}", &[]));
        assert_eq!(read("ä"), ok("ä", &[]));
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        for (text, want) in [
            ("{", "stands alone"),
            ("}", "stands alone"),
            ("{id", "stands alone"),
            ("{{id}", "stands alone"),
            ("{}", "names no field"),
            ("{ids}", "did you mean `id`"),
            ("{1}", "the fields are `id`, `0`"),
            ("{id:w$}", "is a number"),
            ("{id:zz}", "is no form"),
            ("{id:8y}", "is no form"),
        ] {
            let fault = read(text).expect_err(text);
            assert!(fault.contains(want), "{text}: {fault}");
        }
    }
}
