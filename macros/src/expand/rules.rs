//! The rules of an input: `range`, `length` and `pattern`, for what is sent and for defaults.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Expr, Type};

use crate::expand::inputs::{default_of, local, place};
use crate::expand::span::placed;
use crate::model::Input;

/// The rules of an input, applied to the value that a variable refers to.
pub(super) fn rules(runtime: &TokenStream, input: &Input, value: &TokenStream, faults: &TokenStream) -> TokenStream {
    let private = quote!(#runtime::__private);
    let (place, name) = (place(runtime, input), &input.name);
    wrong(runtime, input, value).iter().map(|wrong| quote!(#private::rule(#wrong, #place, #name, #faults);)).collect()
}

/// What is wrong with a value by each rule, as `Option<String>`.
fn wrong(runtime: &TokenStream, input: &Input, value: &TokenStream) -> Vec<TokenStream> {
    let private = quote!(#runtime::__private);
    let ty = &input.ty;
    let mut wrong = limited(runtime, ty, input.range.as_ref(), input.length.as_ref(), value);
    if input.pattern.is_some() {
        let (test, pattern) = (local("matches"), pattern_name(input));
        wrong.push(quote!({
            let #test: fn(&#ty, &#private::Pattern) -> ::core::option::Option<#private::String> =
                <#ty as #private::Matched<_>>::mismatch;
            #test(#value, Self::#pattern())
        }));
    }
    wrong
}

/// The same by a range and a length, for whatever has them.
pub(super) fn limited(
    runtime: &TokenStream,
    ty: &Type,
    range: Option<&Expr>,
    length: Option<&Expr>,
    value: &TokenStream,
) -> Vec<TokenStream> {
    let private = quote!(#runtime::__private);
    let within = |range: &Expr| {
        // The type of the bounds and that of the value are known before the trait is asked: only then it answers once.
        let asked = placed(quote!(<_ as #private::Ranged<_, _>>::outside), ty.span());
        quote!({
            fn __squall_outside<R, T>(
                __squall_range: &R,
                __squall_value: &T,
                __squall_test: fn(&T, &R) -> ::core::option::Option<#private::String>,
            ) -> ::core::option::Option<#private::String> {
                __squall_test(__squall_value, __squall_range)
            }
            __squall_outside(&(#range), #value, #asked)
        })
    };
    let measure = local("measure");
    let measured = |range: &Expr| {
        quote!({
            let #measure: fn(&#ty) -> ::core::option::Option<(&'static ::core::primitive::str, ::core::primitive::usize)> =
                <#ty as #private::Measured<_>>::measure;
            #private::length(#measure(#value), &(#range))
        })
    };
    range.map(within).into_iter().chain(length.map(measured)).collect()
}

/// The pattern of an input, compiled once, when it is first needed.
pub(super) fn pattern_function(runtime: &TokenStream, input: &Input) -> Option<TokenStream> {
    let private = quote!(#runtime::__private);
    let (text, cfg, name) = (input.pattern.as_ref()?, &input.cfg, pattern_name(input));
    let compiled = local("PATTERN");
    Some(quote! {
        #(#cfg)*
        fn #name() -> &'static #private::Pattern {
            static #compiled: #private::LazyLock<#private::Pattern> =
                #private::LazyLock::new(|| #private::Pattern::new(#text));
            &#compiled
        }
    })
}

fn pattern_name(input: &Input) -> Ident {
    local(&format!("pattern_{}", input.ident.unraw()))
}

/// A default must keep the rules that a sent value must keep.
pub(super) fn check(runtime: &TokenStream, input: &Input, faults: &Ident) -> Option<TokenStream> {
    let private = quote!(#runtime::__private);
    let default = default_of(input)?;
    let Input { ty, name, cfg, .. } = input;
    let value = local("default");
    let wrong = wrong(runtime, input, &quote!(&#value));
    (!wrong.is_empty()).then(|| {
        quote! {
            #(#cfg)*
            {
                let #value: #ty = #default;
                #(#private::wrong_default(#name, #wrong, #faults);)*
            }
        }
    })
}
