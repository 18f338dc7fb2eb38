//! One wire input: a field of a handler struct, or an argument of a handler function.

use proc_macro2::Ident;
use syn::ext::IdentExt as _;
use syn::{Attribute, Expr, Lit, LitStr, Type};

use crate::errors::Errors;
use crate::model::cfg_of;
use crate::parse::{Arguments, FIELD_HELPERS, is_helper, is_hidden, or_key, settings_of};

/// Where an input comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A parameter of the path, by its number; a tail keeps its slashes.
    Path { index: usize, tail: bool },
    /// A query parameter.
    Query,
    /// The whole query, read by serde.
    Flatten,
    /// A header field.
    Header,
    /// A cookie.
    Cookie,
}

/// What stands for an input that is absent.
pub(crate) enum Default {
    /// Text, which is made into the field's type.
    Text(LitStr),
    /// An expression of the field's type.
    Expression(Box<Expr>),
}

/// A wire input.
pub(crate) struct Input {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) kind: Kind,
    /// Its name on the wire.
    pub(crate) name: String,
    pub(crate) default: Option<Default>,
    pub(crate) range: Option<Expr>,
    pub(crate) length: Option<Expr>,
    /// A regular expression that compiles.
    pub(crate) pattern: Option<LitStr>,
    pub(crate) cfg: Vec<Attribute>,
}

/// The helper attribute of a field or an argument; several are a fault.
pub(crate) fn attribute_of<'a>(attributes: &'a [Attribute], errors: &Errors) -> Option<&'a Attribute> {
    let mut found = attributes.iter().filter(|attribute| is_helper(attribute, &FIELD_HELPERS));
    let first = found.next();
    if let Some(second) = found.next() {
        errors.at(second, "an input comes from one place: keep one of these attributes");
    }
    for attribute in attributes.iter().filter(|attribute| is_hidden(attribute, &FIELD_HELPERS)) {
        errors.at(
            attribute,
            "`cfg_attr` cannot carry an attribute of a handler: write two fields, each with `#[cfg(..)]`",
        );
    }
    first
}

/// An input that the path names; `#[path(..)]` gives it rules.
pub(crate) fn path_input(
    ident: Ident,
    ty: Type,
    rules: Option<&Attribute>,
    attributes: &[Attribute],
    (index, tail): (usize, bool),
    errors: &Errors,
) -> Input {
    let name = ident.unraw().to_string();
    let mut arguments = rules.map(|rules| settings_of(rules, &["length", "pattern", "range"], errors));
    if let Some(arguments) = &mut arguments {
        for other in arguments.texts.drain(..) {
            errors.at(other, "the path names its parameters: remove this name");
        }
        for other in arguments.others.drain(..) {
            errors.at(other, "this is no option: write `key = value`");
        }
    }
    let (range, length, pattern) = arguments.as_mut().map(|rules| limits(rules, errors)).unwrap_or_default();
    let kind = Kind::Path { index, tail };
    Input { ident, ty, kind, name, default: None, range, length, pattern, cfg: cfg_of(attributes) }
}

/// Whether an attribute says that an input comes out of the path.
pub(crate) fn is_of_path(attribute: &Attribute) -> bool {
    is_helper(attribute, &["path"])
}

/// An input with a helper attribute.
pub(crate) fn field_input(
    ident: Ident,
    ty: Type,
    attribute: &Attribute,
    attributes: &[Attribute],
    errors: &Errors,
) -> Input {
    let is = |name| is_helper(attribute, &[name]);
    let known: &[&str] = if is("query") {
        &["default", "flatten", "length", "pattern", "range", "rename"]
    } else {
        &["default", "length", "pattern", "range", "rename"]
    };
    let mut arguments = settings_of(attribute, known, errors);
    let field = ident.unraw().to_string();
    let name = name(&mut arguments, errors);
    let (kind, name) = if is("query") && arguments.flag("flatten", false, errors) {
        refuse_beside_flatten(&arguments, errors);
        (Kind::Flatten, String::new())
    } else if is("query") {
        (Kind::Query, name.map_or(field, |name| name.value()))
    } else if is("header") {
        if let Some(name) = name.as_ref().filter(|name| !is_token(&name.value())) {
            errors.at(name, "this is no name of a header field: write it like `\"x-trace-id\"`");
        }
        (Kind::Header, name.map_or_else(|| field.replace('_', "-"), |name| name.value()).to_ascii_lowercase())
    } else {
        if let Some(name) = name.as_ref().filter(|name| !is_token(&name.value())) {
            errors.at(name, "this is no name of a cookie: write it like `\"theme\"`");
        }
        (Kind::Cookie, name.map_or(field, |name| name.value()))
    };
    let (range, length, pattern) = limits(&mut arguments, errors);
    Input {
        default: default(&mut arguments, errors),
        range,
        length,
        pattern,
        ident,
        ty,
        kind,
        name,
        cfg: cfg_of(attributes),
    }
}

/// `#[header("x-trace")]` or `#[header(rename = "x-trace")]`.
fn name(arguments: &mut Arguments, errors: &Errors) -> Option<LitStr> {
    let renamed = arguments.text("rename", "\"other-name\"", errors);
    let mut texts = std::mem::take(&mut arguments.texts).into_iter();
    let first = texts.next();
    if let Some(more) = texts.next().or_else(|| first.clone().filter(|_| renamed.is_some())) {
        errors.at(more, "an input has one name: keep one");
    }
    for other in &arguments.others {
        errors.at(other, "this is no option: write `key = value`, or the name as text");
    }
    let name = renamed.or(first);
    if let Some(name) = name.as_ref().filter(|name| name.value().is_empty()) {
        errors.at(name, "the name is empty: write it, or leave it out to use the name of the field");
    }
    name
}

fn refuse_beside_flatten(arguments: &Arguments, errors: &Errors) {
    for setting in &arguments.settings {
        let key = &setting.key;
        errors.at(key, format!("`{key}` does not go with `flatten`: put it on the fields of the struct itself"));
    }
}

fn default(arguments: &mut Arguments, errors: &Errors) -> Option<Default> {
    let setting = arguments.take("default")?;
    let Some(value) = setting.value else {
        errors.at(setting.key, "`default` has no value: write `default = 20`");
        return None;
    };
    match syn::parse2::<Expr>(value.clone()) {
        Ok(Expr::Lit(literal)) => match literal.lit {
            Lit::Str(text) => Some(Default::Text(text)),
            _ => Some(Default::Expression(Box::new(Expr::Lit(literal)))),
        },
        Ok(Expr::Infer(_)) | Err(_) => {
            errors.at(
                or_key(&value, &setting.key),
                "`default` is an expression of the field's type: write `default = 20`",
            );
            None
        }
        Ok(expression) => Some(Default::Expression(Box::new(expression))),
    }
}

/// The rules that a value has to keep.
fn limits(arguments: &mut Arguments, errors: &Errors) -> (Option<Expr>, Option<Expr>, Option<LitStr>) {
    let range_rule = range(arguments, "range", "1..=100", errors);
    (range_rule, range(arguments, "length", "1..=20", errors), pattern(arguments, errors))
}

/// A pattern is compiled here as it will be at run time, by the same crate: what compiles here does so there.
fn pattern(arguments: &mut Arguments, errors: &Errors) -> Option<LitStr> {
    let pattern = arguments.text("pattern", "\"^[a-z]+$\"", errors)?;
    match regex_lite::Regex::new(&pattern.value()) {
        Ok(_) => Some(pattern),
        Err(error) => {
            errors.at(&pattern, format!("this is no regular expression, as in `pattern = \"^[a-z]+$\"`: {error}"));
            None
        }
    }
}

pub(super) fn range(arguments: &mut Arguments, name: &str, example: &str, errors: &Errors) -> Option<Expr> {
    let setting = arguments.take(name)?;
    let value = setting.value.unwrap_or_default();
    match syn::parse2::<Expr>(value.clone()) {
        Ok(Expr::Range(range)) if range.start.is_some() || range.end.is_some() => Some(Expr::Range(range)),
        // A constant may hold a range.
        Ok(Expr::Path(path)) => Some(Expr::Path(path)),
        _ => {
            errors.at(or_key(&value, &setting.key), format!("`{name}` is a range: write `{name} = {example}`"));
            None
        }
    }
}

/// `token` of RFC 9110 section 5.6.2.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
