//! `#[get("/path")]` and its siblings on a function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{Attribute, Pat};

use crate::check::{check_argument_type, check_inputs, check_pattern, check_signature};
use crate::drive::refuse;
use crate::errors::Errors;
use crate::expand::{function_struct, inputs, routes};
use crate::model::{
    Argument, Candidate, Declaration, Input, Method, Owner, Receiver, Verb, attribute_of, known_options, path_of,
    resolve, verb_options,
};
use crate::parse::{Arguments, Function, split_name, strip_function};

/// The struct and the verb that a function stands for.
struct Model {
    declaration: Declaration,
    verb: Verb,
}

/// A verb on a function; `method` is none for `#[method("PURGE", "/path")]`.
pub(crate) fn verb(attribute: &str, method: Option<&str>, arguments: TokenStream, item: TokenStream) -> TokenStream {
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
    let known = known_options(&["crate", "name", "register"]);
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
        Some(function) => model(&runtime, attribute, method, arguments, &function, &errors),
        None => None,
    };
    let item = strip_function(item);
    let is_right = !errors.any();
    let faults = errors.into_tokens();
    let generated = model.filter(|_| is_right).map(|model| expand(&model));
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
    let ident = struct_name(&mut arguments, &function.signature.ident, errors);
    let method = method_of(method, &mut arguments, &function.signature.ident, errors);
    let path = path_of(&mut arguments, attribute, &function.signature.ident, errors);
    let options = verb_options(&mut arguments, errors);
    check_signature(function, Some(&options), errors);
    let path = path?;
    let candidates = candidates(function);
    let inputs = resolve(&path, &candidates, Owner::Function, errors);
    refuse_patterns(function, errors);
    check_inputs(&inputs, errors);
    let arguments = verb_arguments(function, &inputs, errors);
    let declaration = Declaration {
        runtime: runtime.clone(),
        ident,
        visibility: function.visibility.clone(),
        path,
        inputs,
        register,
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
    if arguments.texts.len() < 2 {
        errors.at(at, "the method and the path are text: write `#[method(\"PURGE\", \"/cache\")]`");
        return None;
    }
    Method::custom(&arguments.texts.remove(0), span, errors)
}

fn struct_name(arguments: &mut Arguments, function: &Ident, errors: &Errors) -> Ident {
    let Some(setting) = arguments.take("name") else { return function.clone() };
    let value = setting.value.unwrap_or_default();
    syn::parse2(value).unwrap_or_else(|_| {
        errors.at(setting.key, "`name` is the name of the struct: write `name = Hello`");
        function.clone()
    })
}

/// The arguments with plain names: those that can be wire inputs.
fn candidates(function: &Function) -> Vec<Candidate> {
    let params = function.params().filter_map(|param| {
        let ident = plain_name(param.pattern)?;
        Some(Candidate { ident, ty: param.ty.clone(), attributes: param.attributes.to_vec() })
    });
    params.collect()
}

fn plain_name(pattern: &Pat) -> Option<Ident> {
    match pattern {
        Pat::Ident(pattern) if pattern.by_ref.is_none() && pattern.subpat.is_none() => Some(pattern.ident.clone()),
        _ => None,
    }
}

fn refuse_patterns(function: &Function, errors: &Errors) {
    for param in function.params() {
        if plain_name(param.pattern).is_none() && attribute_of(param.attributes, errors).is_some() {
            check_pattern(param.pattern, errors);
        }
    }
}

fn verb_arguments(function: &Function, inputs: &[Input], errors: &Errors) -> Vec<Argument> {
    let arguments = function.params().enumerate().map(|(number, param)| {
        let wire = plain_name(param.pattern).filter(|name| inputs.iter().any(|input| input.ident == *name));
        if wire.is_none() {
            check_argument_type(param.ty, errors);
        }
        Argument::new(number, param.ty, param.attributes, wire)
    });
    arguments.collect()
}

fn expand(model: &Model) -> TokenStream {
    let Model { declaration, verb } = model;
    let Declaration { runtime, ident, path, register, .. } = declaration;
    let structure = function_struct(declaration, &verb.function);
    let inputs = inputs(declaration);
    let normal = register.then(|| path.pattern.normal_form());
    let claim = normal.map(|normal| {
        let (span, name, cfg): (_, _, &[Attribute]) = (path.literal.span(), &verb.method.name, &verb.cfg);
        let claimed = Ident::new("claimed", span);
        quote!(#runtime::__private::__claim! { #normal [] (#(#cfg)* #claimed #name) })
    });
    let routes = routes(runtime, &quote!(#ident), std::slice::from_ref(verb));
    quote!(#structure #inputs #routes #claim)
}
