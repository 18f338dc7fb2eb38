//! The derives of what handlers return: `#[derive(Problem)]` and `#[derive(IntoResponse)]`.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::errors::Errors;
use crate::{expand, model};

/// `#[derive(Problem)]` on an enum or a struct.
pub(crate) fn problem(item: TokenStream) -> TokenStream {
    derive(item, model::problem, expand::problems)
}

/// `#[derive(IntoResponse)]` on an enum or a struct.
pub(crate) fn into_response(item: TokenStream) -> TokenStream {
    derive(item, model::responses, expand::response)
}

/// A derive has the item left in place, so only what it adds is given back.
fn derive<M>(
    item: TokenStream,
    model: fn(DeriveInput, &Errors) -> Option<M>,
    expand: fn(&M) -> TokenStream,
) -> TokenStream {
    let errors = Errors::new();
    let model = errors.keep(syn::parse2::<DeriveInput>(item)).and_then(|item| model(item, &errors));
    let is_right = !errors.any();
    let faults = errors.into_tokens();
    match model {
        Some(model) if is_right => expand(&model),
        _ => faults,
    }
}
