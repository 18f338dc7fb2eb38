//! The options that scopes, handlers and verbs share, as constant records.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::expand::call::local;
use crate::expand::span::placed;
use crate::model::{SharedOptions, Wrap};

/// A `RouteOptions`.
pub(crate) fn shared(runtime: &TokenStream, options: &SharedOptions) -> TokenStream {
    let private = quote!(#runtime::__private);
    let SharedOptions { body_limit, timeout, limits, wraps } = options;
    let written = (body_limit.is_some() || timeout.is_some()).then(|| {
        let body = body_limit.iter();
        let timeout = timeout.iter();
        quote!(|| <#private::Limits as ::core::default::Default>::default() #(.body(#body))* #(.timeout(::core::time::Duration::from_millis(#timeout)))*)
    });
    let written = written.iter();
    let limits = limits.iter();
    let inner = local("inner");
    let around = |name: &str, value: TokenStream, span: Span| {
        let name = Ident::new(name, span);
        let around = placed(quote!(#private::#name), span);
        // What does not fit is shown at what the user named.
        let call = quote_spanned!(span=> #around(#value, #inner));
        quote!(|#inner| #call)
    };
    let wraps = wraps.iter().map(|wrap| match wrap {
        Wrap::Layer(layer) => around("layer", placed(quote!((#layer)()), layer.span()), layer.span()),
        Wrap::Middleware(middleware) => around("middleware", quote!(#middleware), middleware.span()),
        Wrap::OnError(hook) => around("on_error", quote!(#hook), hook.span()),
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
