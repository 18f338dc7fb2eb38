//! How a route is called: arguments out of the request, the user's function, an answer out of its result.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::spanned::Spanned as _;

use crate::expand::span::{braced, placed};
use crate::model::{Argument, Mode, Receiver, Verb};

/// Which hooks the impl has.
pub(crate) struct Hooked {
    pub(crate) prepares: bool,
    pub(crate) finishes: bool,
}

/// The struct of a request, and the fields that a function takes out of it.
pub(crate) struct Owner<'a> {
    pub(crate) runtime: &'a TokenStream,
    pub(crate) ty: &'a TokenStream,
}

/// The function of a route: `fn(Request) -> HandlerFuture`, as a closure without captures.
pub(crate) fn call(owner: &Owner<'_>, verb: &Verb, hooked: Option<&Hooked>) -> TokenStream {
    let Owner { runtime, ty } = owner;
    let private = quote!(#runtime::__private);
    let (request, gather, this) = (local("request"), local("gather"), local("this"));
    let extracted: Vec<&Argument> = verb.arguments.iter().filter(|argument| argument.wire.is_none()).collect();
    let takes =
        take(&private, &extracted, &quote!(&mut #request), &gather, &quote!(return #private::Gather::refuse(#gather)));
    let unwraps = extracted.iter().map(|Argument { variable, cfg, .. }| {
        quote! {
            #(#cfg)*
            let ::core::option::Option::Some(#variable) = #variable else { return #private::Gather::refuse(#gather) };
        }
    });
    let body = run(owner, &private, verb, &this);
    let refuse = quote!(#private::Gather::refuse(#gather));
    let read = quote! {
        let mut #gather = #private::Gather::new();
        let #this = <#ty as #private::Inputs>::read(&#request, #private::Gather::faults(&mut #gather));
    };
    let tasks = local("tasks");
    let count = (verb.options.mode == Mode::Detached).then(|| quote!(let #tasks = #private::tasks(&#request);));
    // A future that cannot be sent is reported at the name of the function.
    let span = verb.function.span();
    let pin = placed(quote!(#private::Box::pin), span);
    let boxed = |block: TokenStream| {
        let block = braced(block, span);
        quote_spanned!(span=> #pin(async move #block))
    };
    // Nothing but the inputs is asked of the request: it ends before the future begins, which is then small.
    let run = if let Some(hooked) = hooked {
        let verb = quote! {
            #takes
            let ::core::option::Option::Some(#this) = #this else { return #refuse };
            #(#unwraps)*
            #count
            ::core::mem::drop(#request);
            #body
        };
        boxed(around(owner, hooked, (&request, &this), &read, &verb))
    } else if extracted.is_empty() {
        let future = boxed(body);
        quote! {
            #read
            #count
            ::core::mem::drop(#request);
            let ::core::option::Option::Some(#this) = #this else { return #private::refused(#refuse) };
            #future
        }
    } else {
        boxed(quote! {
            #read
            #takes
            let ::core::option::Option::Some(#this) = #this else { return #refuse };
            #(#unwraps)*
            #count
            ::core::mem::drop(#request);
            #body
        })
    };
    quote! {
        |#[allow(unused_mut)] mut #request: #private::Request| -> #private::HandlerFuture { #run }
    }
}

/// The verb with what its impl does before and after it.
fn around(
    owner: &Owner<'_>,
    hooked: &Hooked,
    (request, this): (&Ident, &Ident),
    read: &TokenStream,
    verb: &TokenStream,
) -> TokenStream {
    let Owner { runtime, ty } = owner;
    let private = quote!(#runtime::__private);
    let (finisher, answer) = (local("finisher"), local("answer"));
    let hooks = quote!(<#ty as #private::Handler>::HOOKS);
    let begin = hooked.finishes.then(|| {
        quote! {
            let mut #finisher = #private::finisher(&mut #request, &#hooks, ::core::option::Option::is_some(&#this));
        }
    });
    let seen = if hooked.finishes { quote!(&mut #finisher) } else { quote!(&mut ::core::option::Option::None) };
    let prepare = hooked.prepares.then(|| {
        quote! {
            if ::core::option::Option::is_some(&#this) {
                if let ::core::option::Option::Some(#answer) = #private::prepare(&mut #request, &#hooks, #seen).await {
                    return #answer;
                }
            }
        }
    });
    let finish = if hooked.finishes { quote!(#private::finish(#finisher, #answer)) } else { quote!(#answer) };
    quote! {
        #read
        #begin
        let #answer = async {
            #prepare
            #verb
        }
        .await;
        #finish
    }
}

/// Takes the arguments: those that leave the body first, then the one that reads it.
pub(super) fn take(
    private: &TokenStream,
    arguments: &[&Argument],
    request: &TokenStream,
    gather: &Ident,
    refuse: &TokenStream,
) -> TokenStream {
    let Some((last, before)) = arguments.split_last() else { return TokenStream::new() };
    let take = |argument: &Argument| {
        let ty = &argument.ty;
        quote!(#private::Probe::<#ty>::extract(#request, &mut #gather).await)
    };
    let refused = quote!(if #private::Gather::refused(&#gather) { #refuse; });
    let first = before.iter().map(|argument| {
        let Argument { variable, cfg, ty, .. } = argument;
        let take = take(argument);
        quote! {
            #(#cfg)*
            let mut #variable = ::core::option::Option::None;
            #(#cfg)*
            if !#private::Probe::<#ty>::READS_BODY {
                #variable = #take;
                #refused
            }
        }
    });
    let in_the_end = {
        let Argument { variable, cfg, .. } = last;
        let take = take(last);
        quote! {
            #(#cfg)*
            let #variable = #take;
            #(#cfg)*
            #refused
        }
    };
    let at_last = before.iter().map(|argument| {
        let Argument { variable, cfg, ty, .. } = argument;
        let take = take(argument);
        quote! {
            #(#cfg)*
            if #private::Probe::<#ty>::READS_BODY {
                #variable = #take;
            }
        }
    });
    quote! {
        #[allow(unused_imports)]
        use #private::NotExtracted as _;
        #(#first)*
        #in_the_end
        #(#at_last)*
    }
}

/// Calls the user's function in its mode, and makes its result an answer.
fn run(owner: &Owner<'_>, private: &TokenStream, verb: &Verb, this: &Ident) -> TokenStream {
    let Verb { function, arguments, output, .. } = verb;
    let ty = owner.ty;
    let values = arguments.iter().map(|Argument { variable, cfg, .. }| quote!(#(#cfg)* #variable));
    let await_ = verb.is_async.then(|| quote!(.await));
    let called = match verb.receiver {
        Receiver::Value => quote!(<#ty>::#function(#this, #(#values),*)),
        Receiver::Reference => quote!(<#ty>::#function(&#this, #(#values),*)),
        Receiver::None => {
            let fields = arguments.iter().filter_map(|Argument { variable, cfg, wire, .. }| {
                let field = wire.as_ref()?;
                Some(quote!(#(#cfg)* #field: #variable))
            });
            quote!({ let #ty { #(#fields),* } = #this; #function(#(#values),*) })
        }
    };
    let is_opaque = contains_impl(output);
    // A type without a name cannot be asked at its place, so the value stands there.
    let result = if is_opaque { Ident::new("__squall_result", output.span()) } else { local("result") };
    let ran = match verb.options.mode {
        Mode::Inline => quote!(#called #await_),
        // What cannot be sent to another thread is reported at the result.
        Mode::Blocking => {
            let blocking = placed(quote!(#private::blocking), output.span());
            quote_spanned!(output.span()=> #blocking(move || #called).await)
        }
        Mode::Detached => {
            let detached = placed(quote!(#private::detached), output.span());
            let tasks = local("tasks");
            quote_spanned!(output.span()=> #detached(#tasks, async move { #called #await_ }).await)
        }
    };
    let answer = if is_opaque {
        placed(quote!(#private::IntoResponse::into_response(#result)), output.span())
    } else {
        quote!(<#output as #private::IntoResponse>::into_response(#result))
    };
    quote! {
        let #result = #ran;
        #answer
    }
}

fn contains_impl(output: &TokenStream) -> bool {
    output.to_token_stream().to_string().split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == "impl")
}

/// What must hold for the arguments together, each shown at its type.
pub(crate) fn proofs(runtime: &TokenStream, verb: &Verb) -> TokenStream {
    let private = quote!(#runtime::__private);
    let extracted: Vec<&Argument> = verb.arguments.iter().filter(|argument| argument.wire.is_none()).collect();
    let may_read = verb.options.body || !verb.method.is_bodiless();
    let proofs = extracted.iter().enumerate().map(|(at, Argument { ty, cfg, .. })| {
        let before = extracted[..at].iter().filter(|argument| argument.cfg.is_empty()).map(|argument| &argument.ty);
        let reads = quote!(#private::Probe::<#ty>::READS_BODY);
        let proof = if !may_read {
            quote!(<#private::BodyOfGet<{ #private::Probe::<#ty>::EXPECTS_BODY }> as #private::NeedsNoBody>::PROOF)
        } else if at > 0 {
            let read_before = quote!(#(#private::Probe::<#before>::READS_BODY)||*);
            quote!(<#private::SecondBody<{ #reads && (#read_before) }> as #private::ReadsOnce>::PROOF)
        } else {
            return TokenStream::new();
        };
        let proof = placed(proof, ty.span());
        quote!(#(#cfg)* #[allow(deprecated, unused_qualifications)] const _: () = { #[allow(unused_imports)] use #private::NotExtracted as _; #proof };)
    });
    proofs.collect()
}

/// That the arguments of a hook leave the body alone, each shown at its type.
pub(crate) fn hook_proofs(runtime: &TokenStream, arguments: &[Argument]) -> TokenStream {
    let private = quote!(#runtime::__private);
    let proofs = arguments.iter().map(|Argument { ty, cfg, .. }| {
        let reads = quote!(#private::Probe::<#ty>::READS_BODY);
        let proof = placed(quote!(<#private::BodyOfHook<{ #reads }> as #private::LeavesBody>::PROOF), ty.span());
        quote!(#(#cfg)* #[allow(deprecated, unused_qualifications)] const _: () = { #[allow(unused_imports)] use #private::NotExtracted as _; #proof };)
    });
    proofs.collect()
}

/// What the arguments need from the application: the one place that demands of each type that it is an extractor.
pub(crate) fn needs(runtime: &TokenStream, arguments: &[Argument]) -> TokenStream {
    let private = quote!(#runtime::__private);
    let (needs, ask) = (local("needs"), local("ask"));
    let asks = arguments
        .iter()
        .filter(|argument| argument.wire.is_none())
        .map(|Argument { ty, cfg, .. }| quote!(#(#cfg)* { let #ask: fn(&mut #private::Needs) = <#ty as #private::FromRequest>::needs; #ask(#needs); }));
    quote! {
        |#[allow(unused_variables)] #needs: &mut #private::Needs| {
            #(#asks)*
        }
    }
}

pub(super) fn local(name: &str) -> Ident {
    Ident::new(&format!("__squall_{name}"), Span::mixed_site())
}
