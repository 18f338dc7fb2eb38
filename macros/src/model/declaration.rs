//! A struct that is a request: its path, and where each of its fields comes from.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::punctuated::Punctuated;
use syn::{Attribute, Field, Fields, LitStr, Type, Visibility};

use crate::errors::Errors;
use crate::model::{Input, RoutePath, SharedOptions, attribute_of, field_input, is_of_path, path_input};
use crate::parse::{Arguments, FIELD_HELPERS, is_hidden};
use crate::suggest::nearest;

/// A struct that is a request.
pub(crate) struct Declaration {
    pub(crate) runtime: TokenStream,
    pub(crate) ident: Ident,
    pub(crate) visibility: Visibility,
    pub(crate) path: RoutePath,
    pub(crate) inputs: Vec<Input>,
    pub(crate) register: bool,
    /// What `in = ..` names.
    pub(crate) scope: Option<TokenStream>,
    /// The form of the hosts that it serves, of a scope.
    pub(crate) host: Option<LitStr>,
    pub(crate) shared: SharedOptions,
}

/// A field of a struct or an argument of a function, before it is known where it comes from.
pub(crate) struct Candidate {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    pub(crate) attributes: Vec<Attribute>,
}

/// What the candidates are called in messages.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    /// Every field must come from somewhere.
    Struct,
    /// So must those of a scope, whose prefix has no parameters.
    Scope,
    /// An argument that comes from nowhere is made by an extractor.
    Function,
}

/// The fields of a struct, each of which may be an input.
pub(crate) fn fields_of(fields: Fields, example: &str, errors: &Errors) -> Option<Vec<Candidate>> {
    let fields = match fields {
        Fields::Named(fields) => fields.named,
        Fields::Unit => Punctuated::default(),
        Fields::Unnamed(fields) => {
            errors.at(&fields, format!("an input has a name: write fields in braces, such as {example}"));
            return None;
        }
    };
    let candidate = |field: Field| Some(Candidate { ident: field.ident?, ty: field.ty, attributes: field.attrs });
    Some(fields.into_iter().filter_map(candidate).collect())
}

/// Takes the path out of an attribute's arguments.
pub(crate) fn path_of(arguments: &mut Arguments, attribute: &str, at: &Ident, errors: &Errors) -> Option<RoutePath> {
    let mut texts = std::mem::take(&mut arguments.texts).into_iter();
    let mut others = std::mem::take(&mut arguments.others).into_iter();
    let first: Option<LitStr> = texts.next();
    if first.is_none() {
        match others.next() {
            Some(other) => errors.at(
                other,
                format!("the path is text, read before constants are known: write `#[{attribute}(\"/items\")]`"),
            ),
            None => errors.at(at, format!("the path is missing: write `#[{attribute}(\"/items\")]`")),
        }
    }
    for more in texts {
        let message = match attribute {
            "scope" => "a scope has one prefix: write a second struct for another",
            _ => "a handler has one path: write a second handler for another",
        };
        errors.at(more, message);
    }
    for other in others {
        errors.at(other, "this is no option: write `key = value` after the path");
    }
    RoutePath::read(first?, errors)
}

/// Where each candidate comes from. Those of a function that come from nowhere are left out.
pub(crate) fn resolve(path: &RoutePath, candidates: &[Candidate], owner: Owner, errors: &Errors) -> Vec<Input> {
    let parameters: Vec<(&str, bool)> = path.parameters().collect();
    let mut unnamed: Vec<&str> = parameters.iter().map(|(name, _)| *name).collect();
    let mut strangers: Vec<&Candidate> = Vec::new();
    let mut inputs = Vec::new();
    for candidate in candidates {
        let name = candidate.ident.unraw().to_string();
        let place = parameters.iter().position(|(parameter, _)| *parameter == name);
        let helper = attribute_of(&candidate.attributes, errors);
        let (ident, ty) = (candidate.ident.clone(), candidate.ty.clone());
        unnamed.retain(|parameter| *parameter != name);
        match (place, helper) {
            (Some(_), Some(helper)) if !is_of_path(helper) => {
                errors.at(helper, format!("`{name}` is a parameter of the path already: remove this attribute"));
            }
            (Some(index), rules) => {
                refuse_cfg(candidate, errors);
                inputs.push(path_input(ident, ty, rules, &candidate.attributes, (index, parameters[index].1), errors));
            }
            (None, Some(helper)) if is_of_path(helper) => {
                let what = format!("the path has no parameter `{name}`: write `{{{name}}}` into it");
                errors.at(helper, what);
                inputs.push(path_input(ident, ty, None, &candidate.attributes, (0, false), errors));
            }
            (None, Some(helper)) => inputs.push(field_input(ident, ty, helper, &candidate.attributes, errors)),
            (None, None) if candidate.attributes.iter().any(|attribute| is_hidden(attribute, &FIELD_HELPERS)) => {}
            (None, None) if is_foreign(path, &name) => errors.at(
                &path.literal,
                format!("a parameter stands in braces: write `{{{name}}}`, and `{{*{name}}}` for the rest of the path"),
            ),
            (None, None) => {
                strangers.push(candidate);
                if owner != Owner::Function {
                    // It is reported below; what stands in for the struct takes it all the same.
                    inputs.push(path_input(ident, ty, None, &candidate.attributes, (0, false), errors));
                }
            }
        }
    }
    match owner {
        Owner::Struct | Owner::Scope => strange_fields(path, &mut unnamed, &strangers, errors),
        Owner::Function => strange_arguments(&mut unnamed, &strangers, errors),
    }
    for parameter in unnamed {
        let (what, example) = match owner {
            Owner::Struct | Owner::Scope => ("struct has no such field", "a field"),
            Owner::Function => ("function has no such argument", "an argument"),
        };
        errors.at(
            &path.literal,
            format!("the path has a parameter `{parameter}`, and the {what}: add {example} `{parameter}: u64`"),
        );
    }
    inputs
}

/// Whether the path names a parameter as other frameworks do: `/:name`, `/<name>`, `/*name`.
fn is_foreign(path: &RoutePath, name: &str) -> bool {
    let text = path.literal.value();
    let spelt = [format!(":{name}"), format!("*{name}"), format!("<{name}>"), format!("<{name}..>")];
    text.split('/').any(|segment| spelt.iter().any(|foreign| segment == foreign))
}

/// Fields without a parameter: misspelt, differently named, or without an attribute.
fn strange_fields(path: &RoutePath, unnamed: &mut Vec<&str>, strangers: &[&Candidate], errors: &Errors) {
    for field in strangers {
        let name = field.ident.unraw().to_string();
        let alone = unnamed.len() == 1 && strangers.len() == 1;
        if let Some(meant) = nearest(&name, unnamed.iter().copied()) {
            errors.at(&field.ident, format!("the path has no parameter `{name}`: did you mean `{meant}`"));
            unnamed.retain(|parameter| *parameter != meant);
        } else if alone {
            let parameter = unnamed.remove(0);
            errors.at(
                &field.ident,
                format!("the path calls it `{parameter}` and the struct `{name}`: give both one name"),
            );
        } else {
            let text = path.literal.value();
            let end = text.trim_end_matches('/');
            errors.at(
                &field.ident,
                format!(
                    "nothing says where `{name}` comes from: name it in the path, `{end}/{{{name}}}`, \
                     or write `#[query]`, `#[header]` or `#[cookie]` before it"
                ),
            );
        }
    }
}

/// Arguments that were probably meant to be a parameter.
fn strange_arguments(unnamed: &mut Vec<&str>, strangers: &[&Candidate], errors: &Errors) {
    for argument in strangers {
        let name = argument.ident.unraw().to_string();
        if let Some(meant) = nearest(&name, unnamed.iter().copied()) {
            errors.at(&argument.ident, format!("the path has no parameter `{name}`: did you mean `{meant}`"));
            unnamed.retain(|parameter| *parameter != meant);
        }
    }
}

fn refuse_cfg(candidate: &Candidate, errors: &Errors) {
    for attribute in &candidate.attributes {
        if attribute.path().is_ident("cfg") {
            errors.at(attribute, "a part of the path cannot be left out: put `#[cfg(..)]` on the whole handler");
        }
    }
}
