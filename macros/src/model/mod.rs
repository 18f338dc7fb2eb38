//! Second stage: what the syntax means. Faults that make a piece meaningless are reported here, the piece is left out.

mod argument;
mod declaration;
mod helper;
mod hook;
mod input;
mod manifest;
mod multipart;
mod options;
mod path;
mod problem;
mod response;
mod verb;

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

pub(crate) use argument::{Argument, replace_self};
pub(crate) use declaration::{Candidate, Declaration, Owner, fields_of, path_of, resolve};
pub(crate) use helper::{header_of, options_of, status_of};
pub(crate) use hook::{Hook, Moment, Periodic, find_hooks};
pub(crate) use input::{Default, Input, Kind, attribute_of, field_input, is_of_path, is_token, path_input};
pub(crate) use manifest::own_library;
pub(crate) use multipart::{Form, PartField, form_runtime};
pub(crate) use options::{SharedOptions, Wrap, body_limit, scope_of, shared_options, time};
pub(crate) use path::RoutePath;
pub(crate) use problem::{Case, Detail, Problem, Told, problem};
pub(crate) use response::{Answer, Responses, responses};
pub(crate) use verb::{
    Method, Mode, Receiver, Verb, VerbOptions, find_verbs, is_nameable, known_options, output_of, verb_attribute,
    verb_options,
};

/// The attributes that generated pieces repeat, so that they come and go with what they belong to.
pub(crate) fn cfg_of(attributes: &[Attribute]) -> Vec<Attribute> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).cloned().collect()
}

/// The first paragraph of the documentation, in one line.
pub(crate) fn doc_of(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value().trim().to_owned()),
            _ => None,
        },
        _ => None,
    });
    let paragraph: Vec<String> = lines.skip_while(String::is_empty).take_while(|line| !line.is_empty()).collect();
    paragraph.join(" ")
}

/// The place of an attribute as the launch report shows it.
pub(crate) fn location(runtime: &TokenStream, span: Span) -> TokenStream {
    let (file, start) = (span.file(), span.start());
    let (line, column) = (start.line, start.column + 1);
    let (line, column) = (u32::try_from(line).unwrap_or(0), u32::try_from(column).unwrap_or(0));
    let here = Span::mixed_site();
    quote_spanned!(here=> #runtime::__private::Location { file: #file, line: #line, column: #column })
}
