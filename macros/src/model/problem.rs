//! What `#[derive(Problem)]` says: how each error of a type is told.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Data, DeriveInput, Field, Fields, LitStr, Member};

use crate::errors::Errors;
use crate::model::{header_of, options_of, status_of};
use crate::parse::{Arguments, Interpolation, interpolation, names_of};

/// A type of errors.
pub(crate) struct Problem {
    pub(crate) runtime: TokenStream,
    pub(crate) ident: Ident,
    pub(crate) cases: Vec<Case>,
}

/// One variant, or the struct.
pub(crate) struct Case {
    /// `Self` or `Self::Variant`.
    pub(crate) path: TokenStream,
    /// What the log calls it.
    pub(crate) name: String,
    pub(crate) told: Told,
    /// The field that is behind it.
    pub(crate) source: Option<usize>,
    /// The field it is made of by `From`.
    pub(crate) from: Option<usize>,
    pub(crate) fields: Vec<(Member, syn::Type)>,
}

/// How an error is told.
pub(crate) enum Told {
    /// As nothing but 500.
    Undeclared,
    /// As its one field, which is the first.
    Transparent,
    /// As this problem.
    Declared {
        status: u16,
        kind: Option<LitStr>,
        title: Option<LitStr>,
        detail: Option<Detail>,
        members: Vec<(LitStr, usize)>,
        headers: Vec<(LitStr, usize)>,
    },
}

/// Where the detail comes from.
pub(crate) enum Detail {
    Text(Interpolation),
    Field(usize),
}

const OPTIONS: [&str; 5] = ["status", "type", "title", "detail", "transparent"];
const STRUCT_OPTIONS: [&str; 6] = ["status", "type", "title", "detail", "transparent", "crate"];
const FIELD_OPTIONS: [&str; 5] = ["detail", "member", "header", "source", "from"];
const RESERVED: [&str; 5] = ["type", "title", "status", "detail", "instance"];

/// Reads the type.
pub(crate) fn problem(item: DeriveInput, errors: &Errors) -> Option<Problem> {
    let is_struct = matches!(item.data, Data::Struct(_));
    let known: &[&str] = if is_struct { &STRUCT_OPTIONS } else { &["crate"] };
    let misplaced = if is_struct { None } else { option_of_a_variant(&item, errors) };
    let mut arguments = misplaced.unwrap_or_else(|| options_of(&item.attrs, "problem", known, errors));
    let runtime = arguments.runtime(errors);
    if !item.generics.params.is_empty() {
        errors.at(
            &item.generics.params,
            "errors that become problems have no parameters: write the type that stands in each field",
        );
        return None;
    }
    let ident = item.ident;
    let cases = match item.data {
        Data::Struct(data) => vec![case(quote!(Self), ident.to_string(), data.fields, arguments, errors)],
        Data::Enum(data) => {
            if data.variants.is_empty() {
                errors.at(&ident, "an enum without variants can hold no error: add one");
            }
            let case = |variant: syn::Variant| {
                let arguments = options_of(&variant.attrs, "problem", &OPTIONS, errors);
                let name = &variant.ident;
                case(quote!(Self::#name), format!("{ident}::{name}"), variant.fields, arguments, errors)
            };
            data.variants.into_iter().map(case).collect()
        }
        Data::Union(_) => {
            errors.at(&ident, "a union does not know which error it holds: write an enum");
            return None;
        }
    };
    Some(Problem { runtime, ident, cases })
}

/// An enum with an option of its variants: said in one sentence.
fn option_of_a_variant(item: &DeriveInput, errors: &Errors) -> Option<Arguments> {
    let quiet = Errors::new();
    let known = STRUCT_OPTIONS;
    let mut arguments = options_of(&item.attrs, "problem", &known, &quiet);
    drop(quiet.into_tokens());
    let setting = OPTIONS.iter().find_map(|option| arguments.take(option))?;
    let key = setting.key;
    errors.at(&key, format!("`{key}` is told of each variant: write it above them"));
    Some(arguments)
}

fn case(path: TokenStream, name: String, fields: Fields, mut arguments: Arguments, errors: &Errors) -> Case {
    let names = names_of(fields.iter().map(|field| field.ident.as_ref()));
    let roles = Roles::read(&fields, errors);
    let members = fields.members().zip(fields.iter().map(|field| field.ty.clone())).collect();
    let mut case = Case { path, name, told: Told::Undeclared, source: roles.source, from: roles.from, fields: members };
    if let Some(from) = roles.from.filter(|_| fields.len() != 1) {
        let at = fields.iter().nth(from);
        errors.at(at, "an error that is made by `From` has no other field: remove `from`, or the other fields");
    }
    if arguments.settings.iter().any(|setting| setting.key == "transparent" && setting.value.is_none()) {
        transparent(&mut case, &fields, &roles, arguments, errors);
        return case;
    }
    if let Some(setting) = arguments.take("transparent") {
        errors.at(setting.key, "`transparent` stands alone: write `#[problem(transparent)]`");
    }
    let is_status_given = arguments.settings.iter().any(|setting| setting.key == "status");
    let rule = "a problem is a failure: its status is a number from 400 to 599";
    let status = status_of(&mut arguments, &(400..=599), rule, errors);
    let kind = arguments.text("type", "\"https://example.com/problems/no-such-item\"", errors);
    let title = arguments.text("title", "\"no such item\"", errors);
    let text = arguments.text("detail", "\"no item {id}\"", errors);
    let told = [kind.as_ref(), title.as_ref(), text.as_ref()].into_iter().flatten().next();
    let told = told.map(quote::ToTokens::to_token_stream).or_else(|| roles.first_told(&fields));
    if let Some(told) = told.filter(|_| !is_status_given) {
        errors.at(told, "without a status it is a bare 500 and this is never sent: add `status = 404`");
        return case;
    }
    if let (Some(text), Some(_)) = (&text, roles.detail) {
        errors.at(text, "the detail is this text, or a field: keep one");
    }
    let text = text.and_then(|text| interpolation(&text, &names, errors));
    let detail = text.map(Detail::Text).or(roles.detail.map(Detail::Field));
    if let Some(status) = status {
        let Roles { members, headers, .. } = roles;
        case.told = Told::Declared { status, kind, title, detail, members, headers };
    }
    case
}

/// `#[problem(transparent)]`: nothing else may be said.
fn transparent(case: &mut Case, fields: &Fields, roles: &Roles, arguments: Arguments, errors: &Errors) {
    if let Some(setting) = arguments.settings.iter().find(|setting| setting.key != "transparent") {
        let key = &setting.key;
        errors.at(key, format!("it answers as its field does: remove `{key}`, or `transparent`"));
    }
    if let Some(told) = roles.first_told(fields).filter(|_| fields.len() == 1) {
        errors.at(told, "it answers as this field does: remove the option, or `transparent`");
    }
    if fields.len() == 1 {
        case.told = Told::Transparent;
        return;
    }
    let message = "`transparent` answers as its one field does: write `Other(OtherError)`";
    match arguments.settings.iter().find(|setting| setting.key == "transparent") {
        Some(setting) if fields.is_empty() => errors.at(&setting.key, message),
        _ => errors.at(fields, message),
    }
}

/// What the fields are for.
#[derive(Default)]
struct Roles {
    detail: Option<usize>,
    source: Option<usize>,
    from: Option<usize>,
    members: Vec<(LitStr, usize)>,
    headers: Vec<(LitStr, usize)>,
}

impl Roles {
    fn read(fields: &Fields, errors: &Errors) -> Self {
        let mut roles = Self::default();
        for (index, field) in fields.iter().enumerate() {
            let mut arguments = options_of(&field.attrs, "problem", &FIELD_OPTIONS, errors);
            if arguments.flag("detail", false, errors) && roles.detail.replace(index).is_some() {
                errors.at(field, "another field is the detail: keep one");
            }
            let is_from = arguments.flag("from", false, errors);
            // Other derives have these, and the field means the same to them.
            let is_marked = ["source", "from"].iter().any(|name| field.attrs.iter().any(|at| at.path().is_ident(name)));
            let is_source = arguments.flag("source", false, errors);
            if (is_source || is_from || is_marked) && roles.source.replace(index).is_some() {
                errors.at(field, "another field is the source: an error has one");
            }
            if is_from {
                roles.from = Some(index);
            }
            roles.member(index, field, &mut arguments, errors);
            if let Some(name) = header_of(&mut arguments, errors) {
                if roles.headers.iter().any(|(known, _)| known.value() == name.value()) {
                    errors.at(&name, "another field is this header field: keep one");
                }
                roles.headers.push((name, index));
            }
        }
        roles
    }

    fn member(&mut self, index: usize, field: &Field, arguments: &mut Arguments, errors: &Errors) {
        use syn::ext::IdentExt as _;
        let Some(setting) = arguments.take("member") else { return };
        let name = match (setting.value, &field.ident) {
            (Some(value), _) => {
                if let Ok(name) = syn::parse2(value.clone()) {
                    name
                } else {
                    errors.at(value, "`member` is text: write `member = \"balance\"`");
                    return;
                }
            }
            (None, Some(ident)) => LitStr::new(&ident.unraw().to_string(), ident.span()),
            (None, None) => {
                errors.at(&setting.key, "this field has no name: write `member = \"balance\"`");
                return;
            }
        };
        let value = name.value();
        if RESERVED.contains(&value.as_str()) {
            errors.at(&name, format!("every problem has a member `{value}`: write `member = \"other-name\"`"));
        } else if value.is_empty() {
            errors.at(&name, "the name of the member is empty: write it, or leave it out to use that of the field");
        } else if self.members.iter().any(|(known, _)| known.value() == value) {
            errors.at(&name, format!("another field is the member `{value}`: rename one"));
        }
        self.members.push((name, index));
    }

    /// The first field of which something is told to the client.
    fn first_told(&self, fields: &Fields) -> Option<TokenStream> {
        let told = self.members.iter().chain(&self.headers).map(|(_, index)| *index).chain(self.detail);
        fields.iter().nth(told.min()?).map(quote::ToTokens::to_token_stream)
    }
}
