//! Each macro from end to end: parse, model, check, expand, and the user's item given back whatever happens.

mod answers;
mod builder;
mod enumeration;
mod every;
mod function;
mod hooks;
mod implementation;
mod multipart;
mod scope;
mod structure;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote;

use crate::errors::Errors;
use crate::parse::{runtime_of, split_name, strip_fields, strip_function, strip_methods};

pub(crate) use answers::{into_response, problem};
pub(crate) use builder::{app, main};
pub(crate) use enumeration::param;
pub(crate) use every::every;
pub(crate) use function::verb;
pub(crate) use implementation::no_struct;
pub(crate) use multipart::from_multipart;
pub(crate) use scope::scope;

/// `#[handler]`, on a struct or on an impl.
pub(crate) fn handler(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(hoisted) = hoisted("handler", &arguments, &item) {
        return hoisted;
    }
    let word = split_name(&item).map(|(word, _)| word);
    match word.as_ref().map(ToString::to_string).as_deref() {
        Some("struct") => structure::declare(arguments, item),
        Some("impl") => implementation::implement(arguments, item),
        other => {
            let message = match other {
                Some("fn") => "a function is a handler by its verb: write `#[get(\"/items\")]` instead of `#[handler]`",
                Some("enum") => {
                    "a request is a struct with a field for each input: an enum has none that is always there"
                }
                Some("union") => "a request is a struct with a field for each input: a union holds one of them only",
                _ => "`#[handler]` stands on a struct, which it gives a path, or on its impl, which holds the verbs",
            };
            refuse(word.as_ref(), item, message)
        }
    }
}

/// The item without our attributes, with one fault.
fn refuse(word: Option<&Ident>, item: TokenStream, message: &str) -> TokenStream {
    let errors = Errors::new();
    crate::check::wrong_item(word, &item, message, &errors);
    let faults = errors.into_tokens();
    let item = match word.map(Ident::to_string).as_deref() {
        Some("struct" | "enum" | "union") => strip_fields(item),
        Some("fn") => strip_function(item),
        Some("impl" | "trait") => strip_methods(item),
        _ => item,
    };
    quote!(#item #faults)
}

/// An item with `#[cfg(..)]` below our attribute, the other way round: where the condition does not hold there is then
/// nothing to expand.
fn hoisted(attribute: &str, arguments: &TokenStream, item: &TokenStream) -> Option<TokenStream> {
    let (mut conditions, mut rest) = (TokenStream::new(), TokenStream::new());
    let mut tokens = item.clone().into_iter().peekable();
    while let Some(hash) = tokens.next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#')) {
        let attribute = tokens.next();
        let to = if attribute.as_ref().is_some_and(is_cfg) { &mut conditions } else { &mut rest };
        to.extend([hash]);
        to.extend(attribute);
    }
    if conditions.is_empty() {
        return None;
    }
    rest.extend(tokens);
    let runtime = runtime_of(arguments.clone());
    let attribute = Ident::new(attribute, Span::call_site());
    Some(quote!(#conditions #[#runtime::#attribute(#arguments)] #rest))
}

fn is_cfg(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "cfg")
}

#[cfg(test)]
mod tests;
