//! Each macro from end to end: parse, model, check, expand, and the user's item given back whatever happens.

mod builder;
mod enumeration;
mod function;
mod implementation;
mod structure;

use proc_macro2::TokenStream;

use crate::errors::Errors;
use crate::parse::split_name;

pub(crate) use builder::{app, main};
pub(crate) use enumeration::param;
pub(crate) use function::verb;
pub(crate) use implementation::no_struct;

/// `#[handler]`, on a struct or on an impl.
pub(crate) fn handler(arguments: TokenStream, item: TokenStream) -> TokenStream {
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

/// The item as it was, with one fault.
fn refuse(word: Option<&proc_macro2::Ident>, item: TokenStream, message: &str) -> TokenStream {
    let errors = Errors::new();
    crate::check::wrong_item(word, &item, message, &errors);
    let faults = errors.into_tokens();
    quote::quote!(#item #faults)
}
