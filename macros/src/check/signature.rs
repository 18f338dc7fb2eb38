//! The head of a handler function.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::{FnArg, ReceiverKind, Safety, Signature, Type};

use crate::errors::Errors;
use crate::model::{Mode, Receiver, VerbOptions};
use crate::parse::Function;

/// What no handler can be: const, unsafe, extern, generic, or async and blocking at once.
pub(crate) fn check_signature(function: &Function, options: &VerbOptions, errors: &Errors) {
    check_head(&function.signature, "a handler", "the server", errors);
    if let (Some(word), Mode::Blocking) = (&function.signature.asyncness, options.mode) {
        errors.at(word, "a blocking verb waits on a thread of its own: remove `async`, or `blocking`");
    }
}

/// What nothing can be that others call: const, unsafe, extern or generic.
pub(crate) fn check_head(signature: &Signature, what: &str, caller: &str, errors: &Errors) {
    if let Some(word) = &signature.constness {
        errors.at(word, format!("{what} runs when {caller} calls it, not in the compiler: remove `const`"));
    }
    if let Safety::Unsafe(word) = &signature.safety {
        errors.at(word, format!("{what} is called by safe code: remove `unsafe`, and put an `unsafe` block inside"));
    }
    if let Some(abi) = &signature.abi {
        errors.at(abi, format!("{what} is called by Rust: remove `extern`"));
    }
    let generics = &signature.generics;
    if !generics.params.is_empty() {
        errors.at(
            &generics.params,
            format!("{what} is called by {caller}, which cannot choose type parameters or lifetimes: name the types"),
        );
    } else if let Some(clause) = &generics.where_clause {
        errors.at(
            clause,
            format!("{what} has no type parameters, so there is nothing to bound: remove the `where` clause"),
        );
    }
}

/// How the method takes its struct: `self` or `&self`, and nothing else.
pub(crate) fn check_receiver(function: &Function, what: &str, self_type: &Type, errors: &Errors) -> Option<Receiver> {
    let Some(receiver) = function.receiver() else {
        let signature = &function.signature;
        errors.at(
            &signature.ident,
            format!("{what} is called on the request: write `&self` or `self` as its first argument"),
        );
        return None;
    };
    let self_type = self_type.to_token_stream().to_string();
    let of = |ty: &Type| {
        let text = ty.to_token_stream().to_string();
        text == "Self" || text == self_type
    };
    match &receiver.kind {
        ReceiverKind::Value => Some(Receiver::Value),
        ReceiverKind::Reference(_, None, None) => Some(Receiver::Reference),
        ReceiverKind::Reference(_, _, Some(_)) => {
            errors.at(
                receiver,
                "a request is not changed in place: write `&self`, or `self` to own it; shared values live in `State<T>`",
            );
            None
        }
        ReceiverKind::Reference(_, Some(lifetime), None) => {
            // A lifetime that the method declares has been refused there.
            if function.signature.generics.params.is_empty() {
                errors.at(lifetime, "the request lives as long as the call: write `&self`");
            }
            None
        }
        ReceiverKind::Typed(_, ty) if of(ty) => Some(Receiver::Value),
        ReceiverKind::Typed(_, ty) => match ty.as_ref() {
            Type::Reference(reference) if reference.mutability.is_none() && of(&reference.elem) => {
                Some(Receiver::Reference)
            }
            _ => {
                errors.at(ty, format!("{what} takes the request as `&self` or `self`"));
                None
            }
        },
        _ => {
            errors.at(receiver, format!("{what} takes the request as `&self` or `self`"));
            None
        }
    }
}

/// The function that builds the application: no arguments, no generics, no `self`.
pub(crate) fn check_builder(function: &Function, attribute: &str, errors: &Errors) {
    let signature = &function.signature;
    check_head(signature, "the builder of an application", "the program", errors);
    if let Some(FnArg::Receiver(receiver)) = signature.inputs.first() {
        errors.at(receiver, format!("`#[squall::{attribute}]` stands on a function, not on a method: remove `self`"));
    } else if !signature.inputs.is_empty() {
        errors.at(
            &signature.inputs,
            "the program itself calls this function, with nothing: remove the arguments, and read what it needs inside",
        );
    }
    if matches!(signature.output, syn::ReturnType::Default) {
        errors.at(&signature.ident, "this function returns the application: write `-> squall::Application`");
    }
}

/// The item that an attribute stands on, when it stands on the wrong one.
pub(crate) fn wrong_item(word: Option<&Ident>, item: &TokenStream, message: &str, errors: &Errors) {
    match word {
        Some(word) => errors.at(word, message),
        None => errors.at(item, message),
    }
}
