//! `#[get("/path")]` and its siblings on a function.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::{Attribute, Pat, Type};

use crate::check::{check_argument_type, check_inputs, check_pattern, check_signature};
use crate::drive::{hoisted, refuse};
use crate::errors::Errors;
use crate::expand::{function_struct, handler_stub, inputs, inputs_stub, routes};
use crate::model::{
    Argument, Candidate, Declaration, Input, Method, Owner, Receiver, RoutePath, SharedOptions, Verb, attribute_of,
    find_hooks, find_verbs, known_options, path_of, resolve, scope_of, verb_options,
};
use crate::parse::{Arguments, Function, lengthened, or_key, split_name, strip_function};

/// The struct and the verb that a function stands for.
struct Model {
    declaration: Declaration,
    verb: Verb,
}

/// A verb on a function; `method` is none for `#[method("PURGE", "/path")]`.
pub(crate) fn verb(attribute: &str, method: Option<&str>, arguments: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(hoisted) = hoisted(attribute, &arguments, &item) {
        return hoisted;
    }
    let word = split_name(&item).map(|(word, _)| word);
    match word.as_ref().map(ToString::to_string).as_deref() {
        Some("fn") => {}
        Some("struct") => {
            let message =
                format!("a struct takes its path from `#[handler(\"/path\")]`: `#[{attribute}]` stands on its methods");
            return refuse(word.as_ref(), item, &message);
        }
        _ => {
            return refuse(
                word.as_ref(),
                item,
                &format!("`#[{attribute}]` stands on a function, or on a method in a `#[handler] impl`"),
            );
        }
    }
    let errors = Errors::new();
    let known = known_options(&["crate", "in", "name", "register"]);
    let mut arguments = Arguments::parse(arguments, &known, &errors);
    let runtime = arguments.runtime(&errors);
    let parsed = errors.keep(syn::parse2::<Function>(item.clone()));
    let is_method = parsed.as_ref().is_some_and(|function| function.receiver().is_some());
    let model = match parsed {
        Some(function) if is_method => {
            let receiver = function.receiver();
            errors.at(
                receiver,
                format!("`#[{attribute}]` stands on a method, and its impl has no `#[handler]`: write it above `impl`"),
            );
            None
        }
        // That the body is missing the compiler says.
        Some(function) if !function.is_whole() => None,
        Some(function) => model(&runtime, attribute, method, arguments, &function, &errors),
        None => None,
    };
    let item = strip_function(item);
    let faults = errors.into_tokens();
    let is_right = faults.is_empty();
    let generated = model.map(|model| if is_right { expand(&model) } else { stub(&model) });
    quote!(#item #faults #generated)
}

fn model(
    runtime: &TokenStream,
    attribute: &str,
    method: Option<&str>,
    mut arguments: Arguments,
    function: &Function,
    errors: &Errors,
) -> Option<Model> {
    let register = arguments.flag("register", true, errors);
    let scope = scope_of(&mut arguments, errors);
    let ident = struct_name(&mut arguments, &function.signature.ident, errors);
    let method = method_of(method, &mut arguments, &function.signature.ident, errors);
    // Without a method it is not known which text is the path.
    let path = method.as_ref().and_then(|_| path_of(&mut arguments, attribute, &function.signature.ident, errors));
    let options = verb_options(&mut arguments, errors);
    check_signature(function, &options, errors);
    if let Some((hook, _)) = find_hooks(&function.attributes).first() {
        errors.at(hook, "a hook is a method of a `#[scope] impl` or a `#[handler] impl`: write it there");
    }
    if let Some((second, _)) = find_verbs(&function.attributes).first() {
        errors.at(second, "a function answers one verb: write a second function that calls this one");
    }
    let path = path?;
    let candidates = candidates(function, &path, errors);
    let inputs = resolve(&path, &candidates, Owner::Function, errors);
    check_inputs(&inputs, errors);
    let arguments = verb_arguments(function, &inputs, errors);
    // A field cannot be of such a type, which has been refused.
    let inputs = inputs.into_iter().filter(|input| !matches!(input.ty, Type::ImplTrait(_))).collect();
    let declaration = Declaration {
        runtime: runtime.clone(),
        ident,
        visibility: function.visibility.clone(),
        path,
        inputs,
        register,
        scope,
        host: None,
        shared: SharedOptions::default(),
    };
    let verb = Verb::new(function, method?, options, Receiver::None, arguments, None);
    Some(Model { declaration, verb })
}

/// The method that the attribute names, or that its first text does.
fn method_of(method: Option<&str>, arguments: &mut Arguments, at: &Ident, errors: &Errors) -> Option<Method> {
    let span = Span::call_site();
    if let Some(name) = method {
        return Some(Method { name: name.to_owned(), span });
    }
    let example = "write `#[method(\"PURGE\", \"/cache\")]`";
    match (arguments.texts.as_slice(), arguments.others.first()) {
        ([first, _, ..], _) if first.value().starts_with('/') => {
            errors.at(first, format!("the method comes before the path: {example}"));
        }
        ([_, _, ..], _) => return Method::custom(&arguments.texts.remove(0), span, errors),
        (_, Some(other)) => errors.at(other, format!("the method and the path are text: {example}")),
        ([path], None) if path.value().starts_with('/') => errors.at(path, format!("the method is missing: {example}")),
        ([method], None) => errors.at(method, format!("the path is missing: {example}")),
        ([], None) => errors.at(at, format!("the method and the path are missing: {example}")),
    }
    None
}

fn struct_name(arguments: &mut Arguments, function: &Ident, errors: &Errors) -> Ident {
    let Some(setting) = arguments.take("name") else { return function.clone() };
    let value = setting.value.unwrap_or_default();
    syn::parse2(value.clone()).unwrap_or_else(|_| {
        errors.at(or_key(&value, &setting.key), "`name` is the name of the struct: write `name = Hello`");
        function.clone()
    })
}

/// The arguments with names: those that can be wire inputs. A pattern in the place of one is a fault.
fn candidates(function: &Function, path: &RoutePath, errors: &Errors) -> Vec<Candidate> {
    let params = function.params().filter_map(|param| {
        let ident = plain_name(param.pattern).or_else(|| {
            let bound = path.parameters().find_map(|(name, _)| bound(param.pattern.to_token_stream(), name));
            if bound.is_some() || attribute_of(param.attributes, errors).is_some() {
                check_pattern(param.pattern, errors);
            }
            bound
        })?;
        Some(Candidate { ident, ty: param.ty.clone(), attributes: param.attributes.to_vec() })
    });
    params.collect()
}

/// The name inside a pattern, if it is there.
fn bound(pattern: TokenStream, name: &str) -> Option<Ident> {
    pattern.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => (ident.unraw() == name).then_some(ident),
        TokenTree::Group(group) => bound(group.stream(), name),
        _ => None,
    })
}

fn plain_name(pattern: &Pat) -> Option<Ident> {
    match pattern {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => Some(pattern.ident.clone()),
        _ => None,
    }
}

fn verb_arguments(function: &Function, inputs: &[Input], errors: &Errors) -> Vec<Argument> {
    let arguments = function.params().enumerate().map(|(number, param)| {
        let wire = plain_name(param.pattern).filter(|name| inputs.iter().any(|input| input.ident == *name));
        if wire.is_none() {
            check_argument_type(param.ty, "a handler", errors);
        }
        Argument::new(number, param.ty, param.attributes, wire)
    });
    arguments.collect()
}

/// What stands in for a function with faults: the code around it may name its struct.
fn stub(model: &Model) -> TokenStream {
    let Declaration { runtime, ident, inputs, .. } = &model.declaration;
    let structure = lengthened(function_struct(&model.declaration, &model.verb.function));
    let inputs = inputs_stub(runtime, ident, Some(inputs));
    let handler = handler_stub(runtime, &syn::parse_quote!(#ident));
    quote!(#structure #inputs #handler)
}

fn expand(model: &Model) -> TokenStream {
    let Model { declaration, verb } = model;
    let Declaration { runtime, ident, path, register, scope, .. } = declaration;
    let structure = function_struct(declaration, &verb.function);
    let inputs = inputs(declaration);
    let normal = (*register && scope.is_none()).then(|| path.pattern.normal_form());
    let claim = normal.map(|normal| {
        let (span, name, cfg): (_, _, &[Attribute]) = (path.literal.span(), &verb.method.name, &verb.cfg);
        let claimed = Ident::new("claimed", span);
        quote!(#runtime::__private::__claim! { #normal [] (#(#cfg)* #claimed #name) })
    });
    let routes = routes(runtime, &quote!(#ident), std::slice::from_ref(verb), &[]);
    quote!(#structure #inputs #routes #claim)
}
