//! What `#[derive(IntoResponse)]` says: what each result of a type answers with.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Fields, Generics, LitStr, Member, Type};

use crate::errors::Errors;
use crate::model::{header_of, options_of, status_of};
use crate::parse::Arguments;

/// A type of results.
pub(crate) struct Responses {
    pub(crate) runtime: TokenStream,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) answers: Vec<Answer>,
}

/// One variant, or the struct.
pub(crate) struct Answer {
    /// `Self` or `Self::Variant`.
    pub(crate) path: TokenStream,
    pub(crate) status: Option<u16>,
    pub(crate) body: Option<(Member, Type)>,
    pub(crate) headers: Vec<(LitStr, Member, Type)>,
}

const OPTIONS: [&str; 1] = ["status"];

/// Reads the type.
pub(crate) fn responses(item: DeriveInput, errors: &Errors) -> Option<Responses> {
    let is_enum = matches!(item.data, Data::Enum(_));
    let mut arguments = options_of(&item.attrs, "response", &["status", "crate"], errors);
    let runtime = arguments.runtime(errors);
    if let Some(setting) = arguments.settings.iter().find(|setting| is_enum && setting.key == "status") {
        errors.at(&setting.key, "the status is said of each variant: write `#[response(status = 201)]` above them");
    }
    let ident = item.ident;
    let answers = match item.data {
        Data::Struct(data) => vec![answer(quote!(Self), &ident, data.fields, arguments, errors)],
        Data::Enum(data) => {
            if data.variants.is_empty() {
                errors.at(&ident, "an enum without variants can hold no answer: add one");
            }
            let answer = |variant: syn::Variant| {
                let arguments = options_of(&variant.attrs, "response", &OPTIONS, errors);
                let name = &variant.ident;
                answer(quote!(Self::#name), name, variant.fields, arguments, errors)
            };
            data.variants.into_iter().map(answer).collect()
        }
        Data::Union(_) => {
            errors.at(&ident, "a union does not know which answer it holds: write an enum");
            return None;
        }
    };
    Some(Responses { runtime, ident, generics: item.generics, answers })
}

fn answer(path: TokenStream, name: &Ident, fields: Fields, mut arguments: Arguments, errors: &Errors) -> Answer {
    let is_status_given = arguments.settings.iter().any(|setting| setting.key == "status");
    let rule = "the status of an answer is a number from 200 to 599";
    let status = status_of(&mut arguments, &(200..=599), rule, errors);
    let mut answer = Answer { path, status, body: None, headers: Vec::new() };
    for (member, field) in fields.members().zip(&fields) {
        let mut arguments = options_of(&field.attrs, "response", &["header"], errors);
        let is_header = arguments.settings.iter().any(|setting| setting.key == "header");
        match header_of(&mut arguments, errors) {
            Some(name) => {
                if answer.headers.iter().any(|(known, _, _)| known.value() == name.value()) {
                    errors.at(&name, "another field is this header field: keep one");
                }
                answer.headers.push((name, member, field.ty.clone()));
            }
            None if is_header => {}
            None if answer.body.is_some() => {
                errors
                    .at(field, "two fields are the body: mark those beside it with `#[response(header = \"x-name\")]`");
            }
            None => answer.body = Some((member, field.ty.clone())),
        }
    }
    if let (Some(status @ (204 | 205 | 304)), Some((member, _))) = (status, &answer.body) {
        let field = fields.iter().zip(fields.members()).find(|(_, known)| known == member).map(|(field, _)| field);
        errors.at(field, format!("an answer of status {status} has no body: remove the field, or change the status"));
    }
    if fields.is_empty() && !is_status_given {
        errors.at(name, "it answers with nothing: say at least its status, `#[response(status = 204)]`");
    }
    answer
}
