//! The options that scopes, handlers and verbs share, as constant records.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned as _;

use crate::expand::span::placed;
use crate::model::{SharedOptions, Wrap};

/// A `RouteOptions`.
pub(crate) fn shared(runtime: &TokenStream, options: &SharedOptions) -> TokenStream {
    let private = quote!(#runtime::__private);
    let SharedOptions { body_limit, timeout, limits, wraps } = options;
    let written = (body_limit.is_some() || timeout.is_some()).then(|| {
        let body = body_limit.iter();
        let timeout = timeout.iter();
        quote!(|| #private::Limits::default() #(.body(#body))* #(.timeout(::core::time::Duration::from_millis(#timeout)))*)
    });
    let written = written.iter();
    let limits = limits.iter();
    let wraps = wraps.iter().map(|wrap| match wrap {
        Wrap::Layer(layer) => {
            let around = placed(quote!(#private::layer), layer.span());
            let made = placed(quote!((#layer)()), layer.span());
            quote!(|__squall_inner| #around(#made, __squall_inner))
        }
        Wrap::Middleware(middleware) => {
            let around = placed(quote!(#private::middleware), middleware.span());
            quote!(|__squall_inner| #around(#middleware, __squall_inner))
        }
        Wrap::OnError(hook) => {
            let around = placed(quote!(#private::on_error), hook.span());
            quote!(|__squall_inner| #around(#hook, __squall_inner))
        }
    });
    // What is written beside the function comes first, as it is nearer.
    quote! {
        #private::RouteOptions { limits: &[#(#written,)* #(#limits,)*], wraps: &[#(#wraps),*] }
    }
}

/// The scope that `in = ..` names, as an option of its record's function.
pub(super) fn parent(runtime: &TokenStream, scope: Option<&TokenStream>) -> TokenStream {
    match scope {
        Some(scope) => quote!(::core::option::Option::Some(<#scope as #runtime::__private::Scope>::scope)),
        None => quote!(::core::option::Option::None),
    }
}
