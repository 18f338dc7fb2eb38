//! `#[squall::main]` and `#[squall::app]`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::check_builder;
use crate::drive::{hoisted, refuse};
use crate::errors::Errors;
use crate::expand::{self, Program};
use crate::model::own_library;
use crate::parse::{Arguments, Function, split_name};

/// `#[squall::main]`: the function becomes a program.
pub(crate) fn main(arguments: TokenStream, item: TokenStream) -> TokenStream {
    build("main", &["args", "check_test", "crate"], arguments, item, |runtime, arguments, function, errors| {
        let args = arguments.flag("args", true, errors);
        let check_test = arguments.flag("check_test", true, errors);
        let program = Program { runtime: runtime.clone(), args, check_test, library: own_library() };
        expand::program(&program, function)
    })
}

/// `#[squall::app]`: every call of the function resolves `Application::new()` to its package.
pub(crate) fn app(arguments: TokenStream, item: TokenStream) -> TokenStream {
    build("app", &["crate"], arguments, item, |runtime, _, function, _| expand::app(runtime, function))
}

fn build(
    attribute: &str,
    known: &[&str],
    arguments: TokenStream,
    item: TokenStream,
    expand: impl FnOnce(&TokenStream, &mut Arguments, &Function, &Errors) -> TokenStream,
) -> TokenStream {
    if let Some(hoisted) = hoisted(attribute, &arguments, &item) {
        return hoisted;
    }
    let (word, name) = split_name(&item).unzip();
    // A program without `main` would be a second message.
    let is_main = attribute == "main" && name.flatten().is_none_or(|name| name != "main");
    let main = is_main.then(|| {
        quote!(
            fn main() {}
        )
    });
    if word.as_ref().is_none_or(|word| word != "fn") {
        let message = format!("`#[squall::{attribute}]` stands on the function that builds the application");
        let refused = refuse(word.as_ref(), item, &message);
        return quote!(#refused #main);
    }
    let errors = Errors::new();
    let mut arguments = Arguments::parse(arguments, known, &errors);
    let runtime = arguments.runtime(&errors);
    for text in &arguments.texts {
        errors.at(text, "this attribute takes no text: addresses come from HOST and PORT, routes from handlers");
    }
    for other in &arguments.others {
        errors.at(other, "this is no option: write `key = value`");
    }
    let function = errors.keep(syn::parse2::<Function>(item.clone()));
    if let Some(function) = &function {
        check_builder(function, attribute, &errors);
    }
    // That the body is missing the compiler says.
    let whole = function.filter(Function::is_whole);
    let generated = whole.map(|function| expand(&runtime, &mut arguments, &function, &errors));
    let faults = errors.into_tokens();
    match generated {
        Some(generated) if faults.is_empty() => generated,
        _ => quote!(#[allow(dead_code)] #item #faults #main),
    }
}
