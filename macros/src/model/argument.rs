//! One argument of a verb.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, format_ident};
use syn::{Attribute, Type};

use crate::model::cfg_of;

/// What a verb is called with.
pub(crate) struct Argument {
    /// The name of the generated variable.
    pub(crate) variable: Ident,
    /// The type as written, `Self` replaced by the type it stands for.
    pub(crate) ty: TokenStream,
    pub(crate) cfg: Vec<Attribute>,
    /// The field of the struct it comes from, where it is a wire input.
    pub(crate) wire: Option<Ident>,
}

impl Argument {
    /// An argument of a method: an extractor makes it.
    pub(crate) fn extracted(number: usize, ty: &Type, attributes: &[Attribute], self_type: &Type) -> Self {
        let ty = replace_self(ty.to_token_stream(), Some(self_type));
        Self { variable: variable(number), ty, cfg: cfg_of(attributes), wire: None }
    }

    /// An argument of a function: a field of the request, or made by an extractor.
    pub(crate) fn new(number: usize, ty: &Type, attributes: &[Attribute], wire: Option<Ident>) -> Self {
        Self { variable: variable(number), ty: ty.to_token_stream(), cfg: cfg_of(attributes), wire }
    }
}

fn variable(number: usize) -> Ident {
    format_ident!("__squall_{number}", span = Span::mixed_site())
}

/// `Self` outside an impl is the type it stands for.
pub(crate) fn replace_self(tokens: TokenStream, self_type: Option<&Type>) -> TokenStream {
    let Some(self_type) = self_type else { return tokens };
    tokens
        .into_iter()
        .flat_map(|token| match token {
            TokenTree::Ident(ident) if ident == "Self" => self_type.to_token_stream(),
            TokenTree::Group(group) => {
                let mut replaced =
                    proc_macro2::Group::new(group.delimiter(), replace_self(group.stream(), Some(self_type)));
                replaced.set_span(group.span());
                TokenTree::Group(replaced).into()
            }
            token => token.into(),
        })
        .collect()
}
