//! A struct that is read from a form with parts.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt as _;
use syn::{Attribute, Data, DeriveInput, Expr, Fields, LitInt, LitStr, Type};

use crate::errors::Errors;
use crate::model::cfg_of;
use crate::model::input::range;
use crate::model::options::size;
use crate::parse::{Arguments, or_key, settings_of};

/// A struct that is read from a form with parts.
pub(crate) struct Form {
    pub(crate) runtime: TokenStream,
    pub(crate) ident: Ident,
    /// The most parts, where the struct says so.
    pub(crate) parts: Option<usize>,
    pub(crate) deny_unknown: bool,
    pub(crate) fields: Vec<PartField>,
}

/// A field, and the part it is read from.
pub(crate) struct PartField {
    pub(crate) ident: Ident,
    pub(crate) ty: Type,
    /// The name of the part.
    pub(crate) name: String,
    /// The most bytes of a part.
    pub(crate) limit: Option<u64>,
    pub(crate) range: Option<Expr>,
    pub(crate) length: Option<Expr>,
    pub(crate) cfg: Vec<Attribute>,
}

impl Form {
    /// What the struct says; `None` where it can be no form.
    pub(crate) fn read(item: &DeriveInput, errors: &Errors) -> Option<Self> {
        let mut options = options(&item.attrs, "multipart", &["crate", "deny_unknown", "parts"], errors);
        let (runtime, parts, deny_unknown) = match &mut options {
            None => (quote::quote!(::squall), None, false),
            Some(options) => {
                let runtime = options.runtime(errors);
                (runtime, parts(options, errors), options.flag("deny_unknown", false, errors))
            }
        };
        let generics = &item.generics;
        if generics.lifetimes().next().is_some() {
            errors.at(
                &generics.params,
                "a form outlives the body it was read from, so it cannot borrow: remove the lifetime and own the fields",
            );
            // The fields that borrow would say so again.
            return None;
        }
        if !generics.params.is_empty() {
            errors.at(
                &generics.params,
                "a form is read into one type for each field: name the types instead of type parameters",
            );
        }
        let fields = fields(item, errors)?;
        let fields = fields.filter_map(|field| PartField::read(field, errors)).collect();
        Some(Self { runtime, ident: item.ident.clone(), parts, deny_unknown, fields })
    }
}

/// The crate that generated code names, whatever else is wrong.
pub(crate) fn form_runtime(item: &DeriveInput) -> TokenStream {
    let unread = Errors::new();
    let options = options(&item.attrs, "multipart", &["crate", "deny_unknown", "parts"], &unread);
    let runtime = options.map(|mut options| options.runtime(&unread));
    // They have been reported.
    drop(unread.into_tokens());
    runtime.unwrap_or_else(|| quote::quote!(::squall))
}

impl PartField {
    fn read(field: &syn::Field, errors: &Errors) -> Option<Self> {
        let ident = field.ident.clone()?;
        let mut options = options(&field.attrs, "part", &["length", "limit", "name", "range"], errors);
        let options = options.as_mut();
        let mut read = Self {
            name: ident.unraw().to_string(),
            ident,
            ty: field.ty.clone(),
            limit: None,
            range: None,
            length: None,
            cfg: cfg_of(&field.attrs),
        };
        if let Some(options) = options {
            if let Some(name) = options.text("name", "\"other-name\"", errors) {
                if name.value().is_empty() {
                    errors.at(&name, "the name is empty: write it, or leave it out to use the name of the field");
                }
                read.name = name.value();
            }
            read.limit = limit(options, errors);
            read.range = range(options, "range", "1..=100", errors);
            read.length = range(options, "length", "1..=20", errors);
        }
        Some(read)
    }
}

fn fields<'a>(
    item: &'a DeriveInput,
    errors: &Errors,
) -> Option<impl Iterator<Item = &'a syn::Field> + Clone + use<'a>> {
    let message = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if !fields.named.is_empty() => return Some(fields.named.iter()),
            Fields::Unnamed(_) => "the parts of a form have names, and so have the fields: write `title: String`",
            Fields::Named(_) | Fields::Unit => "a form without fields reads nothing: add one for each part",
        },
        Data::Enum(_) => "a form is a struct with a field for each part: an enum has none that is always there",
        Data::Union(_) => "a form is a struct with a field for each part: a union holds one of them only",
    };
    errors.at(&item.ident, message);
    None
}

/// The options in the `#[part(..)]` or `#[multipart(..)]` of an item.
fn options(attributes: &[Attribute], helper: &str, known: &[&str], errors: &Errors) -> Option<Arguments> {
    let mut ours = attributes.iter().filter(|attribute| attribute.path().is_ident(helper));
    let attribute = ours.next()?;
    if let Some(second) = ours.next() {
        errors.at(second, format!("`#[{helper}(..)]` stands here twice: put all options into one"));
    }
    let arguments = settings_of(attribute, known, errors);
    for text in &arguments.texts {
        let message = match helper {
            "part" => format!("a name is an option: write `name = \"{}\"`", text.value()),
            _ => "this is no option: write `key = value`".to_owned(),
        };
        errors.at(text, message);
    }
    for other in &arguments.others {
        let known: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
        errors.at(other, format!("this is no option: the options are {}", known.join(", ")));
    }
    Some(arguments)
}

fn parts(options: &mut Arguments, errors: &Errors) -> Option<usize> {
    let setting = options.take("parts")?;
    let value = setting.value.unwrap_or_default();
    let number = syn::parse2::<LitInt>(value.clone()).ok().and_then(|number| number.base10_parse::<usize>().ok());
    if number.is_none_or(|number| number == 0) {
        errors.at(or_key(&value, &setting.key), "`parts` is a number from 1 up: write `parts = 500`");
    }
    number
}

fn limit(options: &mut Arguments, errors: &Errors) -> Option<u64> {
    let setting = options.take("limit")?;
    let value = setting.value.unwrap_or_default();
    let limit = syn::parse2::<LitStr>(value.clone()).ok().and_then(|text| size(&text.value()));
    if limit.is_none() {
        let message = "`limit` is a size: write `limit = \"5MiB\"`, with B, KiB, MiB or GiB";
        errors.at(or_key(&value, &setting.key), message);
    }
    u64::try_from(limit?).ok()
}
