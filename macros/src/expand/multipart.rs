//! `#[derive(FromMultipart)]`: a struct that is read from a form with parts.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::Generics;

use crate::expand::rules::limited;
use crate::model::{Form, PartField};

/// `impl FromRequest`.
pub(crate) fn form(form: &Form) -> TokenStream {
    let Form { runtime, ident, parts, deny_unknown, fields } = form;
    let private = quote!(#runtime::__private);
    let (request, reader, faults, part) = (local("request"), local("form"), local("faults"), local("part"));
    let refusal = local("refusal");
    let none = quote!(::core::option::Option::None);
    let parts = parts.map_or(none.clone(), |parts| quote!(::core::option::Option::Some(#parts)));
    let numbered = |name: &'static str| (0..fields.len()).map(move |number| local(&format!("{name}_{number}")));
    let slots: Vec<Ident> = numbered("slot").collect();
    let takes: Vec<Ident> = numbered("take").collect();
    let absents: Vec<Ident> = numbered("absent").collect();
    let begins = fields.iter().zip(&slots).zip(takes.iter().zip(&absents)).map(|((field, slot), (take, absent))| {
        let PartField { ty, limit, cfg, .. } = field;
        let limit = limit.map_or(none.clone(), |limit| quote!(::core::option::Option::Some(#limit)));
        // Named as values and not called: a type that is no field is then reported at the type, and once.
        quote! {
            #(#cfg)*
            let #take: #private::TakePart<#ty> = <#ty as #private::PartInput<_>>::take;
            #(#cfg)*
            let #absent: fn() -> ::core::option::Option<#ty> = <#ty as #private::PartInput<_>>::absent;
            #(#cfg)*
            let mut #slot = #private::PartSlot::<#ty>::new(#limit);
        }
    });
    let arms = fields.iter().zip(&slots).zip(&takes).map(|((field, slot), take)| {
        let PartField { name, cfg, .. } = field;
        quote!(#(#cfg)* #name => #take(&mut #slot, #part).await?,)
    });
    let ends = fields.iter().zip(&slots).zip(&absents).map(|((field, slot), absent)| {
        let PartField { name, cfg, ty, range, length, .. } = field;
        let rules = limited(runtime, ty, range.as_ref(), length.as_ref(), &quote!(#slot));
        quote! {
            #(#cfg)*
            let #slot = #private::taken_part(#slot, #name, #absent, &mut #faults);
            #(#cfg)*
            if let ::core::option::Option::Some(#slot) = &#slot {
                #(#private::rule(#rules, #private::Place::Body, #name, &mut #faults);)*
            }
        }
    });
    let refused = quote!(return ::core::result::Result::Err(#private::MultipartRejection::Faults(#faults)));
    let unwraps = fields.iter().zip(&slots).map(|(PartField { cfg, .. }, slot)| {
        quote! {
            #(#cfg)*
            let ::core::option::Option::Some(#slot) = #slot else { #refused };
        }
    });
    let values = fields.iter().zip(&slots).map(|(PartField { ident, cfg, .. }, slot)| quote!(#(#cfg)* #ident: #slot));
    quote! {
        #[automatically_derived]
        #[allow(deprecated, clippy::all, clippy::pedantic)]
        impl #private::FromRequest for #ident {
            type Rejection = #private::MultipartRejection;
            const READS_BODY: ::core::primitive::bool = true;

            #[allow(unused_variables)]
            async fn from_request(
                #request: &mut #private::Request,
            ) -> ::core::result::Result<Self, #private::MultipartRejection> {
                #(#begins)*
                let mut #reader = #private::begin_form(#request, #parts).await?;
                let mut #faults = <#private::Faults as ::core::default::Default>::default();
                while let ::core::option::Option::Some(#part) = #reader.next().await? {
                    match #private::Part::name(&#part) {
                        #(#arms)*
                        _ => #private::strange_part(&#part, #deny_unknown, &mut #faults),
                    }
                }
                #(#ends)*
                if !#private::Faults::is_empty(&#faults) {
                    #refused;
                }
                #(#unwraps)*
                ::core::result::Result::Ok(Self { #(#values),* })
            }

            fn is_absent(#refusal: &#private::MultipartRejection) -> ::core::primitive::bool {
                ::core::matches!(#refusal, #private::MultipartRejection::Empty)
            }
        }
    }
}

/// A struct whose declaration has faults is still a form to the handlers that take it.
pub(crate) fn form_stub(runtime: &TokenStream, ident: &Ident, generics: &Generics) -> TokenStream {
    let private = quote!(#runtime::__private);
    let mut generics = generics.clone();
    if !generics.params.is_empty() {
        // What stands in the place of the parameters is judged where the form is used.
        let bound = syn::parse_quote!(Self: ::core::marker::Send + 'static);
        generics.make_where_clause().predicates.push(bound);
    }
    let (parameters, arguments, bounds) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #parameters #private::FromRequest for #ident #arguments #bounds {
            type Rejection = #private::MultipartRejection;
            const READS_BODY: ::core::primitive::bool = true;
            fn from_request(
                _: &mut #private::Request,
            ) -> impl ::core::future::Future<Output = ::core::result::Result<Self, #private::MultipartRejection>> + ::core::marker::Send {
                ::core::future::pending()
            }
        }
    }
}

/// A variable of generated code that no name of the user can meet.
fn local(name: &str) -> Ident {
    Ident::new(&format!("__squall_{name}"), Span::mixed_site())
}
