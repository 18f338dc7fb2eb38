//! The derives of what handlers return: `#[derive(Problem)]` and `#[derive(IntoResponse)]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Meta};

use crate::errors::Errors;
use crate::parse::runtime_of;
use crate::{expand, model};

/// `#[derive(Problem)]` on an enum or a struct.
pub(crate) fn problem(item: TokenStream) -> TokenStream {
    derive(item, "problem", model::problem, expand::problems, expand::problem_conversions)
}

/// `#[derive(IntoResponse)]` on an enum or a struct.
pub(crate) fn into_response(item: TokenStream) -> TokenStream {
    derive(item, "response", model::responses, expand::response, |_| TokenStream::new())
}

/// A derive has the item left in place, so only what it adds is given back: on a fault that is a stub, as handlers
/// return the type.
fn derive<M>(
    item: TokenStream,
    helper: &str,
    model: fn(DeriveInput, &Errors) -> Option<M>,
    expand: fn(&M) -> TokenStream,
    beside_stub: fn(&M) -> TokenStream,
) -> TokenStream {
    let errors = Errors::new();
    let Some(item) = errors.keep(syn::parse2::<DeriveInput>(item)) else { return errors.into_tokens() };
    let stub = expand::response_stub(&item.ident, &item.generics, &runtime(&item, helper));
    let model = model(item, &errors);
    let is_right = !errors.any();
    let faults = errors.into_tokens();
    match model {
        Some(model) if is_right => expand(&model),
        model => {
            let beside = model.as_ref().map(beside_stub);
            quote!(#faults #stub #beside)
        }
    }
}

fn runtime(item: &DeriveInput, helper: &str) -> TokenStream {
    let options = item.attrs.iter().find_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident(helper) => Some(list.tokens.clone()),
        _ => None,
    });
    runtime_of(options.unwrap_or_default())
}
