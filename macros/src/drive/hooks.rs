//! The `#[prepare]` and `#[finish]` methods of an impl.

use quote::ToTokens as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Type};

use crate::check::{check_argument_type, check_head, check_hook_result, check_receiver, ungrouped};
use crate::errors::Errors;
use crate::model::{
    Argument, Hook, Moment, Receiver, attribute_of, cfg_of, find_hooks, is_nameable, output_of, replace_self,
};
use crate::parse::{Function, HOOK_HELPERS, is_hidden, settings_of};

/// The hook that a method is.
pub(super) fn hook(
    function: &Function,
    attribute: &Attribute,
    moment: Moment,
    self_type: &Type,
    errors: &Errors,
) -> Option<Hook> {
    let arguments = settings_of(attribute, &[], errors);
    for text in &arguments.texts {
        errors.at(text, "this attribute takes nothing: write it alone");
    }
    for other in &arguments.others {
        errors.at(other, "this attribute takes nothing: write it alone");
    }
    check_head(&function.signature, "a hook", "the server", errors);
    let receiver = check_receiver(function, "a hook", self_type, errors);
    check_hook_result(&function.signature.output, moment, errors);
    let mut outcome = None;
    let mut extracted = Vec::new();
    for (number, param) in function.params().enumerate() {
        if let Some(attribute) = attribute_of(param.attributes, errors) {
            errors.at(attribute, "wire inputs are fields of the struct: move this input there");
        }
        match ungrouped(param.ty) {
            Type::Reference(reference) if moment == Moment::Finish && outcome.is_none() => {
                if reference.mutability.is_some() {
                    errors.at(param.ty, "the outcome is not changed: write `&Outcome`");
                }
                outcome = Some((number, replace_self(reference.elem.to_token_stream(), Some(self_type))));
            }
            Type::Reference(_) if outcome.is_some() => {
                errors.at(param.ty, "a `#[finish]` borrows the outcome, once: remove this argument, or own it");
            }
            Type::Reference(reference) if is_outcome(&reference.elem) => {
                errors.at(param.ty, "there is no outcome before the handler has run: write `#[finish]`");
            }
            ty => {
                check_argument_type(ty, "a hook", errors);
                extracted.push(Argument::extracted(number, ty, param.attributes, self_type));
            }
        }
    }
    let output = output_of(function, Some(self_type));
    if moment == Moment::Prepare && !is_nameable(output.clone()) {
        errors.at(&output, "what a `#[prepare]` leaves is looked up by its type, so it must have one: name it");
    }
    let by_value = receiver? == Receiver::Value;
    Some(Hook {
        moment,
        span: attribute.path().span(),
        function: function.signature.ident.clone(),
        is_async: function.signature.asyncness.is_some(),
        by_value,
        arguments: extracted,
        outcome,
        output,
        cfg: cfg_of(&function.attributes),
    })
}

/// Whether a type is called like the outcome.
fn is_outcome(ty: &Type) -> bool {
    matches!(ungrouped(ty), Type::Path(path) if path.path.segments.last().is_some_and(|name| name.ident == "Outcome"))
}

/// A hook is a method.
pub(super) fn refuse_others(others: &[Attribute], errors: &Errors) {
    for (attribute, _) in find_hooks(others) {
        errors.at(attribute, "a hook is a method: write this attribute before a function of this impl");
    }
}

/// A hook cannot come and go by `cfg_attr`.
pub(super) fn refuse_hidden<'a>(attributes: impl Iterator<Item = &'a Attribute>, errors: &Errors) {
    for attribute in attributes {
        if is_hidden(attribute, &HOOK_HELPERS) {
            errors.at(attribute, "`cfg_attr` cannot carry a hook: write the method with `#[cfg(..)]`");
        }
    }
}
