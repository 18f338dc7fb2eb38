//! `#[scope("/prefix")]` on a struct, and `#[scope]` on its impl.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Generics, ItemStruct, LitStr, Type};

use crate::check::{check_generics, check_inputs};
use crate::drive::hooks::{hook, refuse_hidden, refuse_others};
use crate::drive::{hoisted, refuse};
use crate::errors::Errors;
use crate::expand::{scope as expand_scope, scope_impl, scope_stub};
use crate::model::{
    Declaration, Hook, Owner, body_limit, fields_of, find_hooks, find_verbs, path_of, resolve, scope_of, shared_options,
};
use crate::parse::{
    Arguments, Function, Implementation, SHARED_OPTIONS, is_helper, lengthened, split_name, strip_fields, strip_methods,
};
use crate::pattern::HostPattern;

/// `#[scope]` on whatever it stands on.
pub(crate) fn scope(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(hoisted) = hoisted("scope", &arguments, &item) {
        return hoisted;
    }
    let word = split_name(&item).map(|(word, _)| word);
    match word.as_ref().map(ToString::to_string).as_deref() {
        Some("struct") => declare(arguments, item),
        Some("impl") => implement(arguments, item),
        _ => refuse(word.as_ref(), item, "`#[scope]` stands on a struct, and on its impl"),
    }
}

fn declare(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let known = [SHARED_OPTIONS.as_slice(), &["crate", "host", "in"]].concat();
    let mut arguments = Arguments::parse(arguments, &known, &errors);
    let runtime = arguments.runtime(&errors);
    let name = split_name(&item).and_then(|(_, name)| name);
    let parsed = errors.keep(syn::parse2::<ItemStruct>(item.clone()));
    let is_plain = parsed.as_ref().is_none_or(|item| item.generics.params.is_empty());
    let declaration = parsed.and_then(|item| model(&runtime, arguments, item, &errors));
    let is_right = !errors.any();
    let item = strip_fields(item);
    let item = if is_right { item } else { lengthened(item) };
    let faults = errors.into_tokens();
    let generated = match (declaration, name) {
        (Some(declaration), _) if is_right => expand_scope(&declaration),
        (_, Some(name)) if is_plain => scope_stub(&runtime, &name),
        _ => TokenStream::new(),
    };
    quote!(#item #faults #generated)
}

fn model(runtime: &TokenStream, mut arguments: Arguments, item: ItemStruct, errors: &Errors) -> Option<Declaration> {
    check_generics(&item.generics, errors);
    if let Some(second) = item.attrs.iter().find(|attribute| is_helper(attribute, &["scope"])) {
        errors.at(second, "a scope has one prefix: write a second struct for another");
    }
    if let Some(other) = item.attrs.iter().find(|attribute| is_helper(attribute, &["handler"])) {
        errors.at(other, "a struct is a scope or a handler: write a second struct for the other");
    }
    let scope = scope_of(&mut arguments, errors);
    let host = host_of(&mut arguments, errors);
    let mut shared = shared_options(&mut arguments, errors);
    shared.body_limit = body_limit(&mut arguments, errors);
    let path = path_of(&mut arguments, "scope", &item.ident, errors);
    let candidates = fields_of(item.fields, "`{ #[header] x_tenant: String }`", errors)?;
    let path = path?;
    let text = path.literal.value();
    if let Some((parameter, _)) = path.parameters().next() {
        errors.at(
            &path.literal,
            format!("a prefix has no parameters: write `{{{parameter}}}` in the paths of the handlers"),
        );
        return None;
    }
    if text.len() > 1 && text.ends_with('/') {
        errors.at(&path.literal, "a prefix ends without a slash, as the paths of its handlers begin with one");
        return None;
    }
    let inputs = resolve(&path, &candidates, Owner::Scope, errors);
    if item.generics.params.is_empty() {
        check_inputs(&inputs, errors);
    }
    if let Some(inside) = scope.as_ref().filter(|scope| item.ident == scope.to_string()) {
        errors.at(inside, "a scope cannot stand inside itself: remove `in`, or name the scope around it");
    }
    let (ident, visibility) = (item.ident, item.vis);
    Some(Declaration { runtime: runtime.clone(), ident, visibility, path, inputs, register: true, scope, host, shared })
}

/// The form of the hosts that a scope serves.
fn host_of(arguments: &mut Arguments, errors: &Errors) -> Option<LitStr> {
    let host = arguments.text("host", "\"{tenant}.example.com\"", errors)?;
    match HostPattern::parse(&host.value()) {
        Ok(_) => Some(host),
        Err(fault) => {
            errors.at(&host, format!("{fault}: write `host = \"{{tenant}}.example.com\"`"));
            None
        }
    }
}

fn implement(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let mut arguments = Arguments::parse(arguments, &["crate"], &errors);
    let runtime = arguments.runtime(&errors);
    for text in &arguments.texts {
        errors.at(text, "the prefix stands on the struct: write `#[scope]` here");
    }
    for other in &arguments.others {
        errors.at(other, "this is no option: the impl takes `crate = path` alone");
    }
    let parsed = errors.keep(syn::parse2::<Implementation>(item.clone()));
    let item = strip_methods(item);
    let generated = parsed.and_then(|implementation| {
        let is_whole = implementation.methods.iter().all(Function::is_whole);
        let self_type = implementation.self_type.clone();
        let hooks = hooks(implementation, &errors);
        // A type without a name has no impl of its own, and the compiler says that.
        let is_named = matches!(self_type, Type::Path(_));
        (is_whole && is_named && !errors.any()).then(|| scope_impl(&runtime, &self_type, &hooks))
    });
    let faults = errors.into_tokens();
    quote!(#item #faults #generated)
}

fn hooks(implementation: Implementation, errors: &Errors) -> Vec<Hook> {
    let Implementation { attributes, generics, of_trait, self_type, methods, others, faults, .. } = implementation;
    let any_fault = !faults.is_empty();
    faults.into_iter().for_each(|fault| errors.syntax(fault));
    if let Some(of_trait) = of_trait {
        errors.at(of_trait, "the hooks stand in an impl of the struct itself: write them in `impl` without a trait");
        return Vec::new();
    }
    let Some(self_type) = known_type(self_type, &generics, errors) else { return Vec::new() };
    if let Some(second) = attributes.iter().find(|attribute| is_helper(attribute, &["scope"])) {
        errors.at(second, "`#[scope]` stands on this impl twice: keep one");
    }
    refuse_hidden(methods.iter().flat_map(|method| &method.attributes).chain(&others), errors);
    refuse_others(&others, errors);
    let mut hooks = Vec::new();
    for function in &methods {
        if let Some((verb, name)) = find_verbs(&function.attributes).first() {
            errors.at(
                verb,
                format!("a scope answers no method: write `#[{name}(\"/path\", in = ..)]` on a function, or on a struct of its own"),
            );
        }
        hooks.extend(hook_of(function, &self_type, errors));
    }
    if hooks.is_empty() && !errors.any() && !any_fault {
        errors.at(
            &self_type,
            "this impl has no hook: write `#[prepare]` before a method, such as `async fn known(&self)`",
        );
    }
    hooks
}

/// The type of an impl without parameters. Those that stand in the impl alone the compiler refuses by itself.
fn known_type(self_type: Type, generics: &Generics, errors: &Errors) -> Option<Type> {
    let is_used =
        matches!(&self_type, Type::Path(path) if path.path.segments.iter().any(|name| !name.arguments.is_none()));
    if is_used || generics.params.is_empty() {
        check_generics(generics, errors);
        return Some(self_type);
    }
    None
}

/// The hook that a method is, if it is one.
pub(super) fn hook_of(function: &Function, self_type: &Type, errors: &Errors) -> Option<Hook> {
    let found = find_hooks(&function.attributes);
    let (attribute, moment) = found.first()?;
    if let Some((second, _)) = found.get(1) {
        errors.at(second, "a method is one hook: write a second method that calls this one");
    }
    hook(function, attribute, *moment, self_type, errors)
}
