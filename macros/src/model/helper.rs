//! The helper attribute of a derive: its options, on the item, its variants and its fields.

use std::ops::RangeInclusive;

use syn::{Attribute, LitInt, LitStr, Meta};

use crate::errors::Errors;
use crate::model::is_token;
use crate::parse::{Arguments, or_key, settings_of};

/// Reads the one `#[helper(..)]` among the attributes; without it there are no options.
pub(crate) fn options_of(attributes: &[Attribute], helper: &str, known: &[&str], errors: &Errors) -> Arguments {
    let mut ours = attributes.iter().filter(|attribute| attribute.path().is_ident(helper));
    let Some(attribute) = ours.next() else {
        return Arguments { texts: Vec::new(), others: Vec::new(), settings: Vec::new() };
    };
    if let Some(second) = ours.next() {
        errors.at(second, format!("`#[{helper}(..)]` stands here twice: put all options into one"));
    }
    let example = if helper == "problem" { "status = 404" } else { "status = 201" };
    if let Meta::NameValue(pair) = &attribute.meta {
        errors.at(pair, format!("options stand in parentheses: write `#[{helper}({example})]`"));
        return Arguments { texts: Vec::new(), others: Vec::new(), settings: Vec::new() };
    }
    let arguments = settings_of(attribute, known, errors);
    for other in arguments.texts.iter().map(quote::ToTokens::to_token_stream).chain(arguments.others.iter().cloned()) {
        errors.at(other, format!("this is no option: write it like `{example}`"));
    }
    arguments
}

/// `status = 404`, within the range.
pub(crate) fn status_of(
    arguments: &mut Arguments,
    range: &RangeInclusive<u16>,
    rule: &str,
    errors: &Errors,
) -> Option<u16> {
    let example = if *range.start() >= 400 { 404 } else { 201 };
    let setting = arguments.take("status")?;
    let value = setting.value.unwrap_or_default();
    let Ok(number) = syn::parse2::<LitInt>(value.clone()) else {
        let at = or_key(&value, &setting.key);
        errors.at(at, format!("`status` is a number: write `status = {example}`"));
        return None;
    };
    let status = number.base10_parse().ok().filter(|status| range.contains(status));
    if status.is_none() {
        errors.at(number, rule);
    }
    status
}

/// `header = "x-total"`, in lower case.
pub(crate) fn header_of(arguments: &mut Arguments, errors: &Errors) -> Option<LitStr> {
    let name = arguments.text("header", "\"x-total\"", errors)?;
    if !is_token(&name.value()) {
        errors.at(name, "this is no name of a header field: write it like `\"x-total\"`");
        return None;
    }
    Some(LitStr::new(&name.value().to_ascii_lowercase(), name.span()))
}
