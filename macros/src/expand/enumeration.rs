//! `#[derive(Param)]`: a plain enum by the names of its variants.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::Ident;

/// An enum whose variants have names on the wire.
pub(crate) struct Enumeration {
    pub(crate) runtime: TokenStream,
    pub(crate) ident: Ident,
    pub(crate) variants: Vec<(Ident, String)>,
}

/// `impl Param`.
pub(crate) fn enumeration(enumeration: &Enumeration) -> TokenStream {
    let Enumeration { runtime, ident, variants } = enumeration;
    let private = quote!(#runtime::__private);
    let names: Vec<&String> = variants.iter().map(|(_, name)| name).collect();
    let text = Ident::new("__squall_text", Span::mixed_site());
    let idents: Vec<&Ident> = variants.iter().map(|(ident, _)| ident).collect();
    quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #private::Param for #ident {
            fn from_param(#text: &::core::primitive::str) -> ::core::result::Result<Self, #private::String> {
                match #text {
                    #(#names => ::core::result::Result::Ok(Self::#idents),)*
                    _ => ::core::result::Result::Err(#private::one_of(&[#(#names),*])),
                }
            }

            fn to_param(&self) -> #private::String {
                <#private::String as ::core::convert::From<_>>::from(match self { #(Self::#idents => #names,)* })
            }
        }
    }
}
