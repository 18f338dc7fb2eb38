//! `#[derive(Problem)]`: the problem that an error is told as.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::model::{Case, Detail, Problem, Told};
use crate::parse::field_name;

/// `impl IntoResponse`, `impl Problems`, and `From` where it is asked for.
pub(crate) fn problems(problem: &Problem) -> TokenStream {
    let Problem { runtime, ident, cases } = problem;
    let private = quote!(#runtime::__private);
    let derived = quote!(#private::derived);
    let value = value();
    let transparent = cases.iter().filter(|case| matches!(case.told, Told::Transparent)).map(|case| {
        let (path, (member, ty)) = (&case.path, first(case)?);
        let inner = Ident::new("__squall_inner", Span::mixed_site());
        let into_response = Ident::new("__squall_into_response", Span::mixed_site());
        Some(quote_spanned! {ty.span()=>
            #path { #member: #inner } => {
                let #into_response: fn(#ty) -> #private::Response = <#ty as #private::IntoResponse>::into_response;
                return #into_response(#inner);
            }
        })
    });
    let arms = cases.iter().map(|case| arm(case, &private));
    let records = cases.iter().filter_map(|case| record(case, &derived));
    let conversions = problem_conversions(problem);
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unreachable_patterns, unreachable_code, clippy::all, clippy::pedantic)]
        impl #private::IntoResponse for #ident {
            fn into_response(self) -> #private::Response {
                #[allow(unused_imports)]
                use #derived::{
                    NotKept as _, NotTold as _, ToldByDebug as _, ToldByDisplay as _, ToldByError as _,
                    ToldByInside as _,
                };
                let #value = match self {
                    #(#transparent)*
                    #value => #value,
                };
                let __squall_problem = match &#value { #(#arms)* };
                #derived::Kept::<Self>::raise(#value, __squall_problem)
            }
        }

        #[automatically_derived]
        #[allow(deprecated, unused_imports)]
        impl #derived::Problems for #ident {
            const PROBLEMS: &'static [#derived::ProblemRecord] = {
                use #derived::NoProblems as _;
                &[#(#records),*]
            };
        }

        #conversions
    }
}

/// `impl From`, where it is asked for.
pub(crate) fn problem_conversions(problem: &Problem) -> TokenStream {
    let cases = problem.cases.iter().filter(|case| case.fields.len() == 1);
    cases.filter_map(|case| from(case, &problem.ident)).collect()
}

/// The error itself, in generated code.
fn value() -> Ident {
    Ident::new("__squall_value", Span::mixed_site())
}

fn first(case: &Case) -> Option<&(syn::Member, syn::Type)> {
    case.fields.first()
}

/// How a case becomes its problem, by reference.
fn arm(case: &Case, private: &TokenStream) -> TokenStream {
    let derived = quote!(#private::derived);
    let Case { path, name, told, source, fields, .. } = case;
    let binding = |index: usize| Ident::new(&field_name(index), Span::mixed_site());
    let mut bound: Vec<usize> = source.iter().copied().collect();
    let mut problem = TokenStream::new();
    // What is logged: the source, or all of it where the server is at fault.
    let logged = match (source, told) {
        (Some(source), _) => Some(binding(*source)),
        (None, Told::Undeclared | Told::Declared { status: 500.., .. }) => Some(value()),
        (None, Told::Transparent | Told::Declared { .. }) => None,
    };
    let is_whole = source.is_none();
    if let Told::Declared { status, kind, title, detail, members, headers } = told {
        problem.extend(quote!(let __squall_problem = #derived::declared(#status);));
        let texts = [("kind", kind), ("title", title)];
        for (method, text) in texts.into_iter().filter_map(|(method, text)| Some((method, text.as_ref()?))) {
            let method = Ident::new(method, Span::call_site());
            problem.extend(quote!(let __squall_problem = __squall_problem.#method(#text);));
        }
        let text = detail.as_ref().map(|detail| match detail {
            Detail::Field(index) => {
                bound.push(*index);
                let (field, ty) = (binding(*index), fields.get(*index).map(|(_, ty)| ty));
                let to_string = quote_spanned!(ty.span()=> <#ty as #private::ToString>::to_string);
                quote!({ let __squall_text: fn(&#ty) -> #private::String = #to_string; __squall_text(#field) })
            }
            Detail::Text(text) => {
                bound.extend(&text.fields);
                let format = &text.format;
                let span = format.span();
                let fields = text.fields.iter().map(|index| {
                    let (name, mut field) = (Ident::new(&field_name(*index), span), binding(*index));
                    field.set_span(Span::mixed_site().located_at(span));
                    quote!(#name = #field)
                });
                quote_spanned!(span=> #derived::text(::core::format_args!(#format #(, #fields)*)))
            }
        });
        problem.extend(text.map(|text| quote!(let __squall_problem = __squall_problem.detail(#text);)));
        for (function, with, named) in
            [("member", quote!(Member), members), ("problem_header", quote!(HeaderField<_>), headers)]
        {
            for (name, index) in named {
                bound.push(*index);
                let (field, ty) = (binding(*index), fields.get(*index).map(|(_, ty)| ty));
                let function = Ident::new(function, Span::call_site());
                // Named as a value first, so that a type that is none is reported once, and there.
                let value = quote_spanned!(ty.span()=> <#ty as #derived::#with>::value);
                problem.extend(quote! {
                    let __squall_read: fn(&#ty) -> _ = #value;
                    let __squall_problem = #derived::#function(__squall_problem, #name, __squall_read(#field));
                });
            }
        }
    } else {
        problem.extend(quote!(let __squall_problem = #derived::undeclared();));
    }
    let logged = logged.map(|logged| {
        let reference = if is_whole { quote!(&#logged) } else { quote!(#logged) };
        quote! {
            let __squall_problem = #derived::caused(__squall_problem, #name, (&&&&&#derived::Told(#reference)).told());
        }
    });
    bound.sort_unstable();
    bound.dedup();
    let bindings = bound.iter().filter_map(|index| {
        let (member, field) = (&fields.get(*index)?.0, binding(*index));
        Some(quote!(#member: #field,))
    });
    quote!(#path { #(#bindings)* .. } => { #problem #logged __squall_problem })
}

/// What is known of a case without a value.
fn record(case: &Case, derived: &TokenStream) -> Option<TokenStream> {
    let optional = |text: &Option<syn::LitStr>| match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    };
    match &case.told {
        Told::Undeclared => None,
        Told::Transparent => {
            let ty = &first(case)?.1;
            Some(quote!(#derived::ProblemRecord::Of(#derived::ProblemsOf::<#ty>::PROBLEMS)))
        }
        Told::Declared { status, kind, title, .. } => {
            let (kind, title) = (optional(kind), optional(title));
            Some(quote!(#derived::ProblemRecord::Declared { status: #status, kind: #kind, title: #title }))
        }
    }
}

fn from(case: &Case, ident: &Ident) -> Option<TokenStream> {
    let (path, (member, ty)) = (&case.path, case.fields.get(case.from?)?);
    let span = ty.span();
    let inner = Ident::new("__squall_inner", Span::mixed_site());
    Some(quote_spanned! {span=>
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::convert::From<#ty> for #ident {
            fn from(#inner: #ty) -> Self {
                #path { #member: #inner }
            }
        }
    })
}
