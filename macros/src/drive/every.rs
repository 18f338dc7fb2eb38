//! `#[every("5m")]` on a function.

use proc_macro2::TokenStream;
use quote::quote;

use crate::check::{check_argument_type, check_head};
use crate::drive::{hoisted, refuse};
use crate::errors::Errors;
use crate::expand;
use crate::model::{Argument, Periodic, attribute_of, cfg_of, find_hooks, is_nameable, output_of, time};
use crate::parse::{Arguments, Function, is_helper, split_name, strip_periodic};

/// What it makes of a function.
const WHAT: &str = "a function with `#[every]`";

/// `#[every]` on whatever it stands on.
pub(crate) fn every(arguments: TokenStream, item: TokenStream) -> TokenStream {
    if let Some(hoisted) = hoisted("every", &arguments, &item) {
        return hoisted;
    }
    let word = split_name(&item).map(|(word, _)| word);
    if word.as_ref().is_none_or(|word| word != "fn") {
        return refuse(word.as_ref(), item, "`#[every]` stands on a function: `#[every(\"5m\")] async fn clean() {}`");
    }
    let errors = Errors::new();
    let mut arguments = Arguments::parse(arguments, &["crate"], &errors);
    let runtime = arguments.runtime(&errors);
    let function = errors.keep(syn::parse2::<Function>(item.clone()));
    let periodic = function.filter(Function::is_whole).and_then(|function| model(&arguments, &function, &errors));
    let item = strip_periodic(item);
    let is_right = !errors.any();
    let faults = errors.into_tokens();
    let generated = periodic.filter(|_| is_right).map(|periodic| expand::every(&runtime, &periodic));
    quote!(#item #faults #generated)
}

fn model(arguments: &Arguments, function: &Function, errors: &Errors) -> Option<Periodic> {
    for other in &arguments.others {
        errors.at(other, "the time between two runs is text: write `#[every(\"5m\")]`");
    }
    for more in arguments.texts.iter().skip(1) {
        errors.at(more, "there is one time between two runs: keep one");
    }
    let period = match arguments.texts.first() {
        Some(text) => {
            let period = time(&text.value());
            if period.is_none() {
                errors.at(text, "this is no time: write `#[every(\"5m\")]`, with ms, s, m, h or d");
            }
            period
        }
        None => {
            if arguments.others.is_empty() && !errors.any() {
                let message = "the time between two runs is missing: write `#[every(\"5m\")]`";
                errors.at(&function.signature.ident, message);
            }
            None
        }
    };
    if let Some(second) = function.attributes.iter().find(|attribute| is_helper(attribute, &["every"])) {
        errors.at(second, "there is one time between two runs: keep one");
    }
    if let Some((hook, _)) = find_hooks(&function.attributes).first() {
        errors.at(hook, "a hook is a method of a `#[scope] impl` or a `#[handler] impl`: write it there");
    }
    check_head(&function.signature, WHAT, "the application", errors);
    let output = output_of(function, None);
    if !is_nameable(output.clone()) {
        errors.at(&output, format!("{WHAT} returns `()` or `Result<(), E>`: name the type"));
    }
    if let Some(receiver) = function.receiver() {
        errors.at(receiver, "`#[every]` stands on a function, not on a method: remove `self`");
        return None;
    }
    let list = function.params().enumerate().map(|(number, param)| {
        if let Some(attribute) = attribute_of(param.attributes, errors) {
            errors.at(attribute, "there is no request to read this from: take `State<T>`");
        }
        check_argument_type(param.ty, WHAT, errors);
        Argument::new(number, param.ty, param.attributes, None)
    });
    let list = list.collect();
    Some(Periodic {
        period: period?,
        span: function.signature.ident.span(),
        function: function.signature.ident.clone(),
        is_async: function.signature.asyncness.is_some(),
        arguments: list,
        output,
        cfg: cfg_of(&function.attributes),
    })
}
