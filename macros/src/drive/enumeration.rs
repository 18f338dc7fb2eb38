//! `#[derive(Param)]`.

use proc_macro2::TokenStream;
use syn::ext::IdentExt as _;
use syn::{Attribute, Data, DeriveInput, Fields};

use crate::errors::Errors;
use crate::expand::{Enumeration, enumeration};
use crate::parse::settings_of;

/// `#[derive(Param)]` on a plain enum.
pub(crate) fn param(item: TokenStream) -> TokenStream {
    let errors = Errors::new();
    let model = errors.keep(syn::parse2::<DeriveInput>(item)).and_then(|item| model(item, &errors));
    let is_right = !errors.any();
    let faults = errors.into_tokens();
    match model {
        Some(model) if is_right => enumeration(&model),
        _ => faults,
    }
}

fn model(item: DeriveInput, errors: &Errors) -> Option<Enumeration> {
    let runtime = helper(&item.attrs, &["crate"], errors, |arguments| arguments.runtime(errors));
    let runtime = runtime.unwrap_or_else(|| quote::quote!(::squall));
    let Data::Enum(data) = item.data else {
        errors.at(
            &item.ident,
            "`Param` is derived for a plain enum: give a struct `std::str::FromStr` and `std::fmt::Display`",
        );
        return None;
    };
    if !item.generics.params.is_empty() {
        errors.at(&item.generics.params, "an enum of names has no type parameters: remove them");
    }
    if data.variants.is_empty() {
        errors.at(&item.ident, "an enum without variants can hold no value: add one");
    }
    let mut variants: Vec<(syn::Ident, String)> = Vec::new();
    for variant in data.variants {
        if !matches!(variant.fields, Fields::Unit) {
            errors.at(&variant.fields, "a value on the wire is one word: remove the fields of this variant");
        }
        let renamed = helper(&variant.attrs, &["rename"], errors, |arguments| {
            let name = arguments.text("rename", "\"other-name\"", errors);
            if let Some(name) = name.as_ref().filter(|name| name.value().is_empty()) {
                errors.at(name, "the name is empty: write it, or leave it out to use the name of the variant");
            }
            name.map(|name| name.value())
        });
        let name = renamed.flatten().unwrap_or_else(|| snake_case(&variant.ident.unraw().to_string()));
        if variants.iter().any(|(_, known)| *known == name) {
            errors.at(
                &variant.ident,
                format!("two variants are `{name}` on the wire: rename one with `#[param(rename = \"..\")]`"),
            );
        }
        variants.push((variant.ident, name));
    }
    Some(Enumeration { runtime, ident: item.ident, variants })
}

/// Reads the `#[param(..)]` of an item.
fn helper<T>(
    attributes: &[Attribute],
    known: &[&str],
    errors: &Errors,
    read: impl FnOnce(&mut crate::parse::Arguments) -> T,
) -> Option<T> {
    let mut ours = attributes.iter().filter(|attribute| attribute.path().is_ident("param"));
    let attribute = ours.next()?;
    if let Some(second) = ours.next() {
        errors.at(second, "`#[param(..)]` stands here twice: put all options into one");
    }
    let mut arguments = settings_of(attribute, known, errors);
    for other in arguments.texts.iter().map(quote::ToTokens::to_token_stream).chain(arguments.others.iter().cloned()) {
        errors.at(other, "this is no option: write `key = value`");
    }
    Some(read(&mut arguments))
}

/// `NewestFirst` is `newest_first` on the wire.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_are_words_in_snake_case() {
        assert_eq!(snake_case("NewestFirst"), "newest_first");
        assert_eq!(snake_case("Asc"), "asc");
    }
}
