//! Types that can be told to be wrong by their form alone; everything else is judged by traits.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Generics, Pat, ReturnType, Type};

use crate::errors::Errors;
use crate::model::{Input, Kind, Moment};

/// A wire input is owned and has one type.
pub(crate) fn check_inputs(inputs: &[Input], errors: &Errors) {
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for input in inputs {
        if !check_owned(&input.ty, errors) {
            continue;
        }
        let place = match input.kind {
            Kind::Query => "query",
            Kind::Header => "header",
            Kind::Cookie => "cookie",
            Kind::Path { .. } | Kind::Flatten => continue,
        };
        if !input.cfg.is_empty() {
            // It may be there when the other is not.
            continue;
        }
        if seen.contains(&(place, &input.name)) {
            errors.at(
                &input.ident,
                format!("two inputs are the {place} `{}`: keep one, or rename one with `rename = \"..\"`", input.name),
            );
        }
        seen.push((place, &input.name));
    }
}

pub(super) fn check_owned(ty: &Type, errors: &Errors) -> bool {
    match ty {
        Type::Reference(reference) => {
            let elem = reference.elem.to_token_stream().to_string();
            let owned = if elem == "str" { "String".to_owned() } else { elem.replace(' ', "") };
            errors.at(ty, format!("an input outlives the text it was read from, so it is owned: write `{owned}`"));
            false
        }
        Type::ImplTrait(_) => {
            errors.at(ty, "an input is read into one type: name it instead of `impl Trait`");
            false
        }
        _ if has_reference(ty.to_token_stream()) => {
            errors.at(ty, "an input outlives the text it was read from, so it cannot borrow: write the owned type");
            false
        }
        _ => true,
    }
}

/// Whether a lifetime other than `'static`, or a reference without one, stands anywhere in the type.
fn has_reference(tokens: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_static = |at: usize| matches!(tokens.get(at), Some(TokenTree::Ident(name)) if name == "static");
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => has_reference(group.stream()),
        TokenTree::Punct(punct) if punct.as_char() == '\'' => !is_static(at + 1),
        TokenTree::Punct(punct) if punct.as_char() == '&' => {
            !matches!(tokens.get(at + 1), Some(TokenTree::Punct(quote)) if quote.as_char() == '\'')
        }
        _ => false,
    })
}

/// A type as it was written, where it comes as a `ty` fragment of a `macro_rules!`: in a group of its own.
pub(crate) fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        other => other,
    }
}

/// An argument that an extractor makes is owned, and has one type.
pub(crate) fn check_argument_type(ty: &Type, what: &str, errors: &Errors) {
    match ungrouped(ty) {
        Type::Reference(reference) => {
            let elem = reference.elem.to_token_stream().to_string();
            let owned = if elem == "str" { "String".to_owned() } else { elem.replace(' ', "") };
            errors.at(ty, format!("{what} owns its arguments: write `{owned}`"));
        }
        Type::ImplTrait(_) => {
            errors.at(ty, "an argument is made by its type, so it must have one: name it instead of `impl Trait`");
        }
        Type::Infer(_) => errors.at(ty, "an argument is made by its type, so it must have one: name it instead of `_`"),
        _ => {}
    }
}

/// Text that a method borrows from its request cannot be sent when the request is gone.
pub(crate) fn check_result(output: &ReturnType, errors: &Errors) {
    let ReturnType::Type(_, ty) = output else { return };
    let Type::Reference(reference) = ty.as_ref() else { return };
    let elem = reference.elem.to_token_stream().to_string();
    if reference.lifetime.is_none() && ["str", "String", "[u8]"].contains(&elem.replace(' ', "").as_str()) {
        let owned = if elem.starts_with('[') { "Vec<u8>" } else { "String" };
        let fixed = if elem.starts_with('[') { "[u8]" } else { "str" };
        errors.at(
            ty,
            format!(
                "an answer outlives the request it was made from: write `{owned}`, or `&'static {fixed}` for what is fixed"
            ),
        );
    }
}

/// What a `#[finish]` returns nobody reads.
pub(crate) fn check_hook_result(output: &ReturnType, moment: Moment, errors: &Errors) {
    match (moment, output) {
        (Moment::Finish, ReturnType::Type(_, ty)) if !matches!(ungrouped(ty), Type::Tuple(unit) if unit.elems.is_empty()) =>
        {
            errors.at(ty, "the answer has been sent when a `#[finish]` runs: it returns nothing");
        }
        _ => {}
    }
}

/// A wire input has a name; a pattern would lose it.
pub(crate) fn check_pattern(pattern: &Pat, errors: &Errors) {
    errors.at(pattern, "a wire input takes its name from the argument: write a plain name, and take it apart inside");
}

/// A handler struct is one type.
pub(crate) fn check_generics(generics: &Generics, errors: &Errors) {
    if !generics.params.is_empty() {
        let message = if generics.lifetimes().next().is_some() {
            "a request outlives the text it was read from, so it cannot borrow: remove the lifetime and own the fields"
        } else {
            "the server makes this struct from requests and cannot choose type parameters: name the types"
        };
        errors.at(&generics.params, message);
    } else if let Some(clause) = &generics.where_clause {
        errors.at(clause, "there are no type parameters to bound: remove the `where` clause");
    }
}
