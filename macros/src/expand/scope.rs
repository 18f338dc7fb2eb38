//! A scope: what is known of it, how its inputs are read, and what its impl does.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use syn::Type;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use crate::expand::hooks::hooks_of;
use crate::expand::inputs::{functions, read_method};
use crate::expand::options::{parent, shared};
use crate::expand::span::{braced, placed};
use crate::model::{Declaration, Hook, location};
use crate::pattern::Segment;

/// `impl Scope` of a struct.
pub(crate) fn scope(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, ident, path, scope, host, shared: options, .. } = declaration;
    let private = quote!(#runtime::__private);
    let (name, place) = (ident.unraw().to_string(), location(runtime, path.literal.span()));
    let prefix = &path.literal;
    let normal: String = match path.pattern.segments.as_slice() {
        [Segment::Literal(root)] if root.is_empty() => "/".to_owned(),
        _ => path.pattern.normal_form(),
    };
    // A scope is one where that around it is: so none stands inside itself. What is wrong with that is shown there.
    let inside = scope.as_ref().map(|scope| placed(quote!(where #scope: #private::Scope), scope.span()));
    let span = scope.as_ref().map_or_else(Span::call_site, TokenStream::span);
    let parent = parent(runtime, scope.as_ref());
    let host = match host {
        Some(host) => quote!(::core::option::Option::Some(#host)),
        None => quote!(::core::option::Option::None),
    };
    let options = shared(runtime, options);
    let read = read_method(declaration);
    let head = placed(quote!(impl #private::Scope for), span);
    let body = quote! {
        const SCOPE: #private::ScopeRecord = #private::ScopeRecord {
            id: #private::id_of::<Self>,
            name: #name,
            location: #place,
            prefix: #prefix,
            normal: #normal,
            host: #host,
                parent: #parent,
            options: #options,
        };

        #read
    };
    let body = braced(body, span);
    let functions = functions(declaration);
    let functions = (!functions.is_empty()).then(|| {
        quote! {
            #[automatically_derived]
            #[allow(deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
            impl #ident { #functions }
        }
    });
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications, private_bounds, clippy::all, clippy::pedantic)]
        #head #ident #inside #body
        #functions
    }
}

/// A scope with faults is still a scope to the code around it.
pub(crate) fn scope_stub(runtime: &TokenStream, ident: &Ident) -> TokenStream {
    let private = quote!(#runtime::__private);
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #private::Scope for #ident {
            const SCOPE: #private::ScopeRecord = loop {};
            fn read(_: &#private::Request, _: &mut #private::Faults) -> ::core::option::Option<Self> {
                ::core::option::Option::None
            }
        }
    }
}

/// The hooks of a scope, registered for the scope they belong to.
pub(crate) fn scope_impl(runtime: &TokenStream, self_type: &Type, hooks: &[Hook]) -> TokenStream {
    let private = quote!(#runtime::__private);
    let ty = self_type.to_token_stream();
    let (record, proofs) = hooks_of(runtime, &ty, hooks, &quote!(<#ty as #private::Scope>::read));
    // A second impl of one scope is shown at its name.
    let head = placed(quote!(impl #private::OneImpl for), self_type.span());
    let body = braced(quote!(), self_type.span());
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        #head #ty #body
        #proofs
        #[allow(deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
        const _: () = {
            #runtime::__submit! {
                #private::ScopeHooks {
                    id: #private::id_of::<#ty>,
                    package: #private::Package {
                        directory: ::core::env!("CARGO_MANIFEST_DIR"),
                        name: ::core::env!("CARGO_PKG_NAME"),
                    },
                    hooks: #record,
                }
            }
        };
    }
}
