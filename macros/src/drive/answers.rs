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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_of_another_derive_is_ours_and_its_from_is_not() {
        for (field, is_source, is_from) in [
            (quote!(std::io::Error), false, false),
            (
                quote!(
                    #[source]
                    std::io::Error
                ),
                true,
                false,
            ),
            (
                quote!(
                    #[from]
                    std::io::Error
                ),
                true,
                false,
            ),
            (
                quote!(
                    #[problem(source)]
                    std::io::Error
                ),
                true,
                false,
            ),
            (
                quote!(
                    #[problem(from)]
                    std::io::Error
                ),
                true,
                true,
            ),
            (
                quote!(
                    #[from]
                    #[problem(from)]
                    std::io::Error
                ),
                true,
                true,
            ),
        ] {
            let derived = problem(quote!(enum A { #[error("x")] B(#field) })).to_string();
            assert!(!derived.contains("compile_error"), "{derived}");
            assert_eq!(derived.contains("Told (__squall_0)"), is_source, "{derived}");
            assert_eq!(derived.contains("convert :: From <"), is_from, "{derived}");
        }
    }

    #[test]
    fn half_typed_items_get_a_stub() {
        for (derive, item) in [
            (
                problem as fn(TokenStream) -> TokenStream,
                quote!(
                    #[problem(crate = web, status = )]
                    struct A;
                ),
            ),
            (
                problem,
                quote!(
                    #[problem(crate = web)]
                    enum A {
                        #[problem(status = 404)]
                        B,
                        #[problem(=)]
                        C(u8),
                    }
                ),
            ),
            (
                into_response,
                quote!(
                    #[response(crate = web)]
                    struct A<'a, T: Clone>(&'a T, #[response(header = )] u8)
                    where
                        T: Copy;
                ),
            ),
        ] {
            let derived = derive(item).to_string();
            assert!(derived.contains("compile_error"), "{derived}");
            assert!(derived.contains("web :: __private :: IntoResponse for A"), "{derived}");
        }
    }
}
