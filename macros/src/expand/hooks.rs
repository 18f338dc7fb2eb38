//! What runs before and after verbs, as constant records.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;

use crate::expand::call::{hook_proofs, local, needs, take};
use crate::expand::span::{braced, placed};
use crate::model::{Argument, Hook, Moment, location};

/// The `Hooks` of an impl, and the proofs beside it. `read` reads the struct out of a request.
pub(crate) fn hooks_of(
    runtime: &TokenStream,
    ty: &TokenStream,
    hooks: &[Hook],
    read: &TokenStream,
) -> (TokenStream, TokenStream) {
    let private = quote!(#runtime::__private);
    let of = |moment| hooks.iter().filter(move |hook| hook.moment == moment);
    let prepares = of(Moment::Prepare).map(|hook| {
        let cfg = &hook.cfg;
        let record = prepare(runtime, ty, hook, read);
        quote!(#(#cfg)* #record)
    });
    let finishes = of(Moment::Finish).map(|hook| {
        let cfg = &hook.cfg;
        let run = finish(runtime, ty, hook, read);
        quote!(#(#cfg)* #run)
    });
    let asks = of(Moment::Finish).map(|hook| {
        let (cfg, asked) = (&hook.cfg, needs(runtime, &hook.arguments));
        let ask = local("ask");
        let list = local("list");
        quote!(#(#cfg)* { let #ask: fn(&mut #private::Needs) = #asked; #ask(#list); })
    });
    let proofs = hooks.iter().map(|hook| {
        let (cfg, proofs) = (&hook.cfg, hook_proofs(runtime, &hook.arguments));
        (!proofs.is_empty()).then(|| quote!(#(#cfg)* const _: () = { #proofs };))
    });
    let list = local("list");
    let record = quote! {
        #private::Hooks {
            prepares: &[#(#prepares),*],
            finishes: &[#(#finishes),*],
            needs: |#[allow(unused_variables)] #list| { #(#asks)* },
        }
    };
    (record, quote!(#(#proofs)*))
}

fn prepare(runtime: &TokenStream, ty: &TokenStream, hook: &Hook, read: &TokenStream) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Hook { output, function, .. } = hook;
    let (request, gather, prepared) = (local("request"), local("gather"), local("prepared"));
    let refuse = quote!(return ::core::option::Option::Some(#private::Gather::refuse(#gather)));
    let taken = taken(&private, hook, read, &refuse);
    let called = called(&private, ty, hook);
    let place = location(runtime, hook.span);
    let name = format!("{}::{}", name_of(ty), function.unraw());
    let needs = needs(runtime, &hook.arguments);
    // A future that cannot be sent is reported at the name of the function.
    let pin = placed(quote!(#private::Box::pin), function.span());
    let block = braced(
        quote! {
            #taken
            let #prepared: fn(#output, &mut #private::Request) -> ::core::option::Option<#private::Response> =
                <#output as #private::Prepared>::prepared;
            #prepared(#called, #request)
        },
        function.span(),
    );
    let future = quote_spanned!(function.span()=> #pin(async move #block));
    quote! {
        #private::Prepare {
            run: |#request| #future,
            provides: <#output as #private::Prepared>::provides,
            needs: #needs,
            name: #name,
            location: #place,
        }
    }
}

fn finish(runtime: &TokenStream, ty: &TokenStream, hook: &Hook, read: &TokenStream) -> TokenStream {
    let private = quote!(#runtime::__private);
    let Hook { function, .. } = hook;
    let (request, gather, outcome) = (local("request"), local("gather"), local("outcome"));
    let name = format!("{}::{}", name_of(ty), function.unraw());
    let refuse = quote!(return #private::unfinished(#name, #gather));
    let taken = taken(&private, hook, read, &refuse);
    let called = called(&private, ty, hook);
    let pin = placed(quote!(#private::Box::pin), function.span());
    let block = braced(
        quote! {
            #[allow(unused_mut)]
            let mut #request = #request;
            let #request = &mut #request;
            #taken
            #called
        },
        function.span(),
    );
    let future = quote_spanned!(function.span()=> #pin(async move #block));
    quote!(|#request: #private::Request, #[allow(unused_variables)] #outcome: #private::Outcome| -> #private::Finishing { #future })
}

/// Reads the struct and the arguments out of the request, or refuses.
fn taken(private: &TokenStream, hook: &Hook, read: &TokenStream, refuse: &TokenStream) -> TokenStream {
    let (request, gather, this) = (local("request"), local("gather"), local("this"));
    let arguments: Vec<&Argument> = hook.arguments.iter().collect();
    let takes = take(private, &arguments, &quote!(&mut *#request), &gather, refuse);
    let unwraps = hook.arguments.iter().map(|Argument { variable, cfg, .. }| {
        quote! {
            #(#cfg)*
            let ::core::option::Option::Some(#variable) = #variable else { #refuse };
        }
    });
    quote! {
        #[allow(unused_mut)]
        let mut #gather = #private::Gather::new();
        let #this = #read(&*#request, #private::Gather::faults(&mut #gather));
        #takes
        let ::core::option::Option::Some(#this) = #this else { #refuse };
        #(#unwraps)*
    }
}

/// Calls the method, the outcome in its place.
fn called(private: &TokenStream, ty: &TokenStream, hook: &Hook) -> TokenStream {
    let (this, outcome) = (local("this"), local("outcome"));
    let mut values: Vec<TokenStream> =
        hook.arguments.iter().map(|Argument { variable, cfg, .. }| quote!(#(#cfg)* #variable)).collect();
    if let Some((at, of)) = &hook.outcome {
        let seen = placed(quote!(<#of as #private::SeenByFinish>::seen), of.span());
        values.insert(*at, quote!(#seen(&#outcome)));
    }
    let (function, await_) = (&hook.function, hook.is_async.then(|| quote!(.await)));
    let this = if hook.by_value { quote!(#this) } else { quote!(&#this) };
    quote!(<#ty>::#function(#this, #(#values),*) #await_)
}

/// The last name of a path, as people call the type.
pub(super) fn name_of(ty: &TokenStream) -> String {
    let text = ty.to_string();
    text.rsplit("::").next().unwrap_or(&text).trim().trim_start_matches("r#").to_owned()
}
