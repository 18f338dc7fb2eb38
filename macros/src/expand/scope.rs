//! A scope: what is known of it, how its inputs are read, and what its impl does.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote};
use syn::Type;
use syn::ext::IdentExt as _;

use crate::expand::hooks::hooks_of;
use crate::expand::inputs::read_method;
use crate::expand::options::{parent, shared};
use crate::expand::span::{braced, placed};
use crate::model::{Declaration, Hook, location};
use crate::pattern::Segment;

/// `impl Scope` of a struct.
pub(crate) fn scope(declaration: &Declaration) -> TokenStream {
    let Declaration { runtime, ident, path, scope, shared: options, .. } = declaration;
    let private = quote!(#runtime::__private);
    let (name, place) = (ident.unraw().to_string(), location(runtime, path.literal.span()));
    let prefix = &path.literal;
    let normal: String = match path.pattern.segments.as_slice() {
        [Segment::Literal(root)] if root.is_empty() => "/".to_owned(),
        _ => path.pattern.normal_form(),
    };
    let parent = parent(runtime, scope.as_ref());
    let options = shared(runtime, options);
    let read = read_method(declaration);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #private::Scope for #ident {
            const SCOPE: #private::ScopeRecord = #private::ScopeRecord {
                id: #private::id_of::<Self>,
                name: #name,
                location: #place,
                prefix: #prefix,
                normal: #normal,
                parent: #parent,
                options: #options,
            };

            #read
        }
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
    let head = placed(quote!(impl #private::OneImpl for), syn::spanned::Spanned::span(self_type));
    let body = braced(quote!(), syn::spanned::Spanned::span(self_type));
    quote! {
        #[automatically_derived]
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
