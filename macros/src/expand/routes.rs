//! The routes of a handler: its records, what its verbs answer, and its registration.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use crate::expand::call::{Hooked, Owner, call, needs, proofs};
use crate::expand::hooks::{hooks_of, name_of};
use crate::expand::options::shared;
use crate::expand::span::{braced, placed};
use crate::model::{Hook, Moment, Receiver, Verb, location};

/// `impl Handler`, `impl Answers`, and the entry in the registry.
pub(crate) fn routes(runtime: &TokenStream, ty: &TokenStream, verbs: &[Verb], hooks: &[Hook]) -> TokenStream {
    let private = quote!(#runtime::__private);
    let has = |moment| hooks.iter().any(|hook| hook.moment == moment);
    let hooked = Hooked { prepares: has(Moment::Prepare), finishes: has(Moment::Finish) };
    let hooked = (!hooks.is_empty()).then_some(&hooked);
    let records = verbs.iter().map(|verb| record(runtime, ty, verb, hooked));
    let (hook_record, hook_proofs) = hooks_of(runtime, ty, hooks, &quote!(<#ty as #private::Inputs>::read));
    let hook_record = (!hooks.is_empty()).then(|| quote!(const HOOKS: #private::Hooks = #hook_record;));
    let answers = verbs.iter().map(|verb| answers(runtime, ty, verb, verbs));
    let proofs = verbs.iter().map(|verb| {
        let (cfg, proofs) = (&verb.cfg, proofs(runtime, verb));
        (!proofs.is_empty()).then(|| quote!(#(#cfg)* const _: () = { #proofs };))
    });

    // A second impl of one struct is shown at its name.
    let head = placed(quote!(impl #private::Handler for), ty.span());
    let body = braced(quote!(const ROUTES: &'static [#private::Route] = &[#(#records),*]; #hook_record), ty.span());
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications, clippy::all, clippy::pedantic)]
        #head #ty #body
        #(#answers)*
        #(#proofs)*
        #hook_proofs
        // An attribute on the macro itself would say nothing.
        #[allow(deprecated)]
        const _: () = {
            #runtime::__register! { #ty }
        };
    }
}

fn record(runtime: &TokenStream, ty: &TokenStream, verb: &Verb, hooked: Option<&Hooked>) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Verb { method, options, function, cfg, doc, .. } = verb;
    let location = location(runtime, method.span);
    let method = &method.name;
    let function = function.unraw();
    let handler = match verb.receiver {
        Receiver::None => function.to_string(),
        _ => format!("{}::{function}", name_of(ty)),
    };
    let options = shared(runtime, &options.shared);
    let call = call(&Owner { runtime, ty }, verb, hooked);
    let needs = needs(runtime, &verb.arguments);
    quote! {
        #(#cfg)*
        #private::Route {
            package: #private::Package {
                directory: ::core::env!("CARGO_MANIFEST_DIR"),
                name: ::core::env!("CARGO_PKG_NAME"),
            },
            bin: ::core::option_env!("CARGO_BIN_NAME"),
            module: ::core::module_path!(),
            location: #location,
            method: #method,
            path: <#ty as #private::Inputs>::PATH,
            handler: #handler,
            doc: #doc,
            scope: <#ty as #private::Inputs>::SCOPE,
            shared: <#ty as #private::Inputs>::OPTIONS,
            options: #options,
            hooks: <#ty as #private::Handler>::HOOKS,
            inputs: <#ty as #private::Inputs>::INPUTS,
            id: <#ty as #private::Inputs>::id,
            call: #call,
            needs: #needs,
            check: <#ty as #private::Inputs>::check,
        }
    }
}

/// What a client gets from a verb. A GET answers HEAD, too, unless the impl does that itself.
fn answers(runtime: &TokenStream, ty: &TokenStream, verb: &Verb, all: &[Verb]) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Some(marker) = verb.method.marker() else { return TokenStream::new() };
    let cfg = &verb.cfg;
    let output = if verb.is_typed { verb.output.clone() } else { quote!(#private::Untyped) };
    let one = |marker: &Ident, output: TokenStream| {
        // Shown where a client asks for a verb that is not there.
        let span = if verb.receiver == Receiver::None { verb.function.span() } else { verb.method.span };
        let answers = quote!(impl #private::Answers<#private::#marker, #output> for #ty {});
        let answers = placed(answers, span);
        quote! {
            #(#cfg)*
            #[automatically_derived]
            #[allow(deprecated, private_interfaces, unused_qualifications, elided_lifetimes_in_paths, clippy::all, clippy::pedantic)]
            #answers
        }
    };
    let mut answers = one(&marker, output);
    if marker == "Get" && !all.iter().any(|verb| verb.method.name == "HEAD") {
        answers.extend(one(&Ident::new("Head", marker.span()), quote!(#private::Untyped)));
    }
    answers
}
