//! A function that runs again and again, as a constant record.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;

use crate::expand::call::{hook_proofs, local, needs, take};
use crate::expand::span::{braced, placed};
use crate::model::{Argument, Periodic, location};

/// Its entry in the registry.
pub(crate) fn every(runtime: &TokenStream, periodic: &Periodic) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Periodic { period, span, function, is_async, arguments, output, .. } = periodic;
    let (request, gather) = (local("request"), local("gather"));
    let name = function.unraw().to_string();
    let place = location(runtime, *span);
    let refuse = quote!(return #private::unfinished(#name, #gather));
    let list: Vec<&Argument> = arguments.iter().collect();
    let takes = take(&private, &list, &quote!(&mut #request), &gather, &refuse);
    let unwraps = arguments.iter().map(|Argument { variable, cfg, .. }| {
        quote! {
            #(#cfg)*
            let ::core::option::Option::Some(#variable) = #variable else { #refuse };
        }
    });
    let values = arguments.iter().map(|Argument { variable, cfg, .. }| quote!(#(#cfg)* #variable));
    let await_ = is_async.then(|| quote!(.await));
    let ran = local("ran");
    let block = braced(
        quote! {
            let mut #gather = #private::Gather::new();
            #takes
            #(#unwraps)*
            let #ran: fn(#output, &'static ::core::primitive::str) = <#output as #private::Ran>::ran;
            #ran(#function(#(#values),*) #await_, #name)
        },
        function.span(),
    );
    let pin = placed(quote!(#private::Box::pin), function.span());
    let future = quote_spanned!(function.span()=> #pin(async move #block));
    let needs = needs(runtime, arguments);
    let proofs = hook_proofs(runtime, arguments);
    let cfg = &periodic.cfg;
    quote! {
        #(#cfg)*
        #[allow(deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
        const _: () = {
            #proofs
            #runtime::__submit! {
                #private::Periodic {
                    package: #private::Package {
                        directory: ::core::env!("CARGO_MANIFEST_DIR"),
                        name: ::core::env!("CARGO_PKG_NAME"),
                    },
                    bin: ::core::option_env!("CARGO_BIN_NAME"),
                    name: #name,
                    location: #place,
                    period: ::core::time::Duration::from_millis(#period),
                    call: |#[allow(unused_mut)] mut #request: #private::Request| -> #private::Finishing { #future },
                    needs: #needs,
                }
            }
        };
    }
}
