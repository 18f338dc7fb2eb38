//! What stands in for a declaration with faults, so that one mistake gives one message.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Ident, Type};

use crate::expand::inputs::is_required;
use crate::model::Input;

/// A struct whose declaration has faults is still a handler struct to the code around it: with its links, and with its
/// constructor where its inputs are known.
pub(crate) fn inputs_stub(runtime: &TokenStream, ident: &Ident, inputs: Option<&[Input]>) -> TokenStream {
    let private = quote!(#runtime::__private);
    let constructor = inputs.map(|inputs| {
        let arguments = inputs
            .iter()
            .filter(|input| is_required(input))
            .map(|Input { ident, ty, cfg, .. }| quote!(#(#cfg)* #ident: #ty));
        quote! {
            pub(crate) fn at(#(#arguments),*) -> Self {
                loop {}
            }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(dead_code, deprecated, unused_variables, private_interfaces, clippy::all, clippy::pedantic)]
        impl #ident {
            #constructor
            pub(crate) fn url(&self) -> #runtime::Uri {
                loop {}
            }
            pub(crate) fn try_url(&self) -> #runtime::Result<#runtime::Uri> {
                loop {}
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl #private::ToLink for #ident {
            fn write_link(&self, _: &mut #private::Link) {}
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl #private::Inputs for #ident {
            const PATH: &'static ::core::primitive::str = "/";
            const INPUTS: &'static [#private::InputRecord] = &[];
            fn read(_: &#private::Request, _: &mut #private::Faults) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    }
}

/// An impl whose verbs have faults still makes its struct a handler.
pub(crate) fn handler_stub(runtime: &TokenStream, self_type: &Type) -> TokenStream {
    let private = quote!(#runtime::__private);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #private::Handler for #self_type {
            const ROUTES: &'static [#private::Route] = &[];
        }
    }
}
