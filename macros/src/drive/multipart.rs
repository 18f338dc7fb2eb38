//! `#[derive(FromMultipart)]`.

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::check::check_form;
use crate::errors::Errors;
use crate::expand::{form, form_stub};
use crate::model::{Form, form_runtime};

/// `#[derive(FromMultipart)]` on a struct with named fields.
pub(crate) fn from_multipart(item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let Some(item) = errors.keep(syn::parse2::<DeriveInput>(item)) else { return errors.into_tokens() };
    let model = Form::read(&item, &errors);
    if let Some(model) = &model {
        check_form(model, &errors);
    }
    let is_right = !errors.any();
    let faults = errors.into_tokens();
    match model {
        Some(model) if is_right => form(&model),
        _ => {
            // Handlers may take it: to them it is a form all the same.
            let stub = form_stub(&form_runtime(&item), &item.ident, &item.generics);
            quote::quote!(#stub #faults)
        }
    }
}
