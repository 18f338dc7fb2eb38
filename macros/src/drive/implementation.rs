//! `#[handler]` on an impl.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{Attribute, Generics, PathArguments, Type};

use crate::check::{check_argument_type, check_receiver, check_result, check_signature, check_verbs, has_taken_name};
use crate::drive::hooks::{refuse_hidden, refuse_others};
use crate::drive::scope::hook_of;
use crate::errors::Errors;
use crate::expand::{claims, handler_stub, routes};
use crate::model::{Argument, Hook, Method, Verb, attribute_of, find_hooks, find_verbs, verb_attribute};
use crate::parse::{Arguments, Function, Implementation, VERB_HELPERS, is_helper, is_hidden, strip_methods};

pub(super) fn implement(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let mut arguments = Arguments::parse(arguments, &["crate"], &errors);
    let runtime = arguments.runtime(&errors);
    for text in &arguments.texts {
        errors.at(text, "the path stands on the struct: write `#[handler]` here");
    }
    for other in &arguments.others {
        errors.at(other, "this is no option: the impl takes `crate = path` alone");
    }
    let parsed = errors.keep(syn::parse2::<Implementation>(item.clone()));
    let item = strip_methods(item);
    let is_whole = parsed.as_ref().is_some_and(|parsed| parsed.methods.iter().all(Function::is_whole));
    let (self_type, is_named) = match parsed.as_ref().map(|parsed| parsed.self_type.clone()) {
        Some(Type::Reference(reference)) => (Some(*reference.elem), false),
        self_type => (self_type, true),
    };
    let (Some(implementation), Some(self_type @ Type::Path(_))) = (parsed, self_type) else {
        // A type without a name has no impl of its own, and the compiler says that.
        let faults = errors.into_tokens();
        return quote!(#item #faults);
    };
    if is_generic(&implementation.generics, &self_type) {
        // The struct says why it cannot be; where it is none of ours, the claims say that.
        let faults = errors.into_tokens();
        let claims = claims(&runtime, &without_arguments(self_type), &[], &TokenStream::new());
        return quote!(#item #faults #claims);
    }
    let (verbs, hooks) = model(implementation, &errors);
    check_verbs(&verbs, &errors);
    // What the compiler says by itself is not said again, but it is no handler either.
    let is_right = !errors.any() && is_whole && is_named && !has_taken_name(&verbs);
    let faults = errors.into_tokens();
    let claimed: Vec<(Method, Vec<Attribute>)> =
        verbs.iter().map(|verb| (verb.method.clone(), verb.cfg.clone())).collect();
    let generated = if is_right {
        let routes = routes(&runtime, &self_type.to_token_stream(), &verbs, &hooks);
        claims(&runtime, &self_type, &claimed, &routes)
    } else {
        claims(&runtime, &self_type, &[], &handler_stub(&runtime, &self_type))
    };
    quote!(#item #faults #generated)
}

fn is_generic(generics: &Generics, self_type: &Type) -> bool {
    let Type::Path(path) = self_type else { return false };
    let arguments = path.path.segments.iter().any(|segment| !segment.arguments.is_none());
    !generics.params.is_empty() || arguments
}

fn without_arguments(mut self_type: Type) -> Type {
    if let Type::Path(path) = &mut self_type {
        path.path.segments.iter_mut().for_each(|segment| segment.arguments = PathArguments::None);
    }
    self_type
}

fn model(implementation: Implementation, errors: &Errors) -> (Vec<Verb>, Vec<Hook>) {
    let Implementation { attributes, of_trait, self_type, methods, others, faults, .. } = implementation;
    let mut any = !faults.is_empty();
    faults.into_iter().for_each(|fault| errors.syntax(fault));
    if let Some(of_trait) = of_trait {
        errors.at(of_trait, "the verbs stand in an impl of the struct itself: write them in `impl` without a trait");
        return (Vec::new(), Vec::new());
    }
    if let Some(second) = attributes.iter().find(|attribute| is_helper(attribute, &["handler"])) {
        errors.at(second, "`#[handler]` stands on this impl twice: keep one");
    }
    for (attribute, name) in find_verbs(&others) {
        any = true;
        errors.at(attribute, format!("a verb is a method: write `#[{name}]` before a function of this impl"));
    }
    for attribute in methods.iter().flat_map(|method| &method.attributes).chain(&others) {
        if is_hidden(attribute, &VERB_HELPERS) {
            any = true;
            errors.at(attribute, "`cfg_attr` cannot carry a verb: write two methods, each with `#[cfg(..)]`");
        }
    }
    refuse_hidden(methods.iter().flat_map(|method| &method.attributes).chain(&others), errors);
    refuse_others(&others, errors);
    let (mut verbs, mut hooks) = (Vec::new(), Vec::new());
    for function in &methods {
        let found = find_verbs(&function.attributes);
        if !find_hooks(&function.attributes).is_empty() {
            if let Some((verb, _)) = found.first() {
                any = true;
                errors.at(verb, "a method is a hook or a verb: write a second method");
            }
            hooks.extend(hook_of(function, &self_type, errors));
            continue;
        }
        let Some((attribute, name)) = found.first() else {
            refuse_inputs(function, "a method without a verb", errors);
            continue;
        };
        any = true;
        if let Some((second, _)) = found.get(1) {
            errors.at(second, "a method answers one verb: write a second method that calls this one");
        }
        verbs.extend(verb(function, attribute, name, &self_type, errors));
    }
    if !any {
        errors.at(&self_type, "this impl has no verb: write `#[get]` before a method, such as `async fn show(&self)`");
    }
    (verbs, hooks)
}

fn verb(function: &Function, attribute: &Attribute, name: &str, self_type: &Type, errors: &Errors) -> Option<Verb> {
    let (method, options) = verb_attribute(attribute, name, errors);
    check_signature(function, &options, errors);
    refuse_inputs(function, "a verb of a struct", errors);
    let receiver = check_receiver(function, "a verb", self_type, errors);
    check_result(&function.signature.output, errors);
    let arguments = function.params().enumerate().map(|(number, param)| {
        check_argument_type(param.ty, "a handler", errors);
        Argument::extracted(number, param.ty, param.attributes, self_type)
    });
    let arguments = arguments.collect();
    Some(Verb::new(function, method?, options, receiver?, arguments, Some(self_type)))
}

/// In an impl, wire inputs are fields of the struct.
fn refuse_inputs(function: &Function, what: &str, errors: &Errors) {
    for param in function.params() {
        if let Some(attribute) = attribute_of(param.attributes, errors) {
            errors.at(attribute, format!("{what} reads the wire by the fields of the struct: move this input there"));
        }
    }
}

/// The error of an impl whose struct left no macro under its name: `[Type] ..`.
pub(crate) fn no_struct(input: TokenStream) -> TokenStream {
    let name = match input.into_iter().next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let errors = Errors::new();
    let text = name.to_string().replace(' ', "");
    errors.at(name, format!("`{text}` has no path: write `#[handler(\"/path\")]` on the struct, too"));
    errors.into_tokens()
}
