//! `#[derive(IntoResponse)]`: a result as the answer that it declares.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Generics;
use syn::spanned::Spanned as _;

use crate::model::{Answer, Responses};

/// `impl IntoResponse`.
pub(crate) fn response(responses: &Responses) -> TokenStream {
    let Responses { runtime, ident, generics, answers } = responses;
    let private = quote!(#runtime::__private);
    let arms = answers.iter().map(|answer| arm(answer, &private));
    let mut generics = generics.clone();
    if !generics.params.is_empty() {
        let bodies = answers.iter().filter_map(|answer| answer.body.as_ref());
        let bounds: Vec<syn::WherePredicate> =
            bodies.map(|(_, ty)| syn::parse_quote!(#ty: #private::IntoResponse)).collect();
        generics.make_where_clause().predicates.extend(bounds);
    }
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #parameters #private::IntoResponse for #ident #arguments #bounds {
            fn into_response(self) -> #private::Response {
                match self { #(#arms)* }
            }
        }
    }
}

/// Stands where a derive found a fault, so that code around the type does not fail, too.
pub(crate) fn response_stub(ident: &Ident, generics: &Generics, runtime: &TokenStream) -> TokenStream {
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #parameters #runtime::__private::IntoResponse for #ident #arguments #bounds {
            fn into_response(self) -> #runtime::__private::Response {
                loop {}
            }
        }
    }
}

fn arm(answer: &Answer, private: &TokenStream) -> TokenStream {
    let Answer { path, status, body, headers } = answer;
    let into_response = Ident::new("__squall_into_response", Span::mixed_site());
    let content = Ident::new("__squall_body", Span::mixed_site());
    let mut bindings = TokenStream::new();
    let mut steps = TokenStream::new();
    match body {
        Some((member, ty)) => {
            bindings.extend(quote!(#member: #content,));
            // Named as a value first, so that a type that is no response is reported once, and there.
            steps.extend(quote_spanned! {ty.span()=>
                let #into_response: fn(#ty) -> #private::Response = <#ty as #private::IntoResponse>::into_response;
            });
            steps.extend(quote!(let __squall_response = #into_response(#content);));
            let status = status.iter();
            steps.extend(
                quote!(#(let __squall_response = #private::derived::with_status(__squall_response, #status);)*),
            );
        }
        None => {
            let status = status.unwrap_or(200);
            steps.extend(quote!(let __squall_response = #private::derived::bare(#status);));
        }
    }
    for (at, (name, member, ty)) in headers.iter().enumerate() {
        let value = Ident::new(&format!("__squall_header_{at}"), Span::mixed_site());
        bindings.extend(quote!(#member: #value,));
        let read = quote_spanned!(ty.span()=> <#ty as #private::derived::HeaderField<_>>::value);
        steps.extend(quote! {
            let __squall_read: fn(&#ty) -> _ = #read;
            let __squall_response =
                #private::derived::response_header(__squall_response, #name, __squall_read(&#value));
        });
    }
    quote!(#path { #bindings } => { #steps __squall_response })
}
