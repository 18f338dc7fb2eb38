//! An impl: its head and the heads of its methods as syntax, everything else as tokens.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Generics, Token, Type, Visibility, braced};

use crate::parse::Function;

/// An impl as it was written.
pub(crate) struct Implementation {
    pub(crate) generics: Generics,
    /// `Trait for`, where it is written.
    pub(crate) of_trait: Option<Type>,
    pub(crate) self_type: Type,
    pub(crate) methods: Vec<Function>,
    /// The methods that could not be read.
    pub(crate) faults: Vec<syn::Error>,
}

impl Parse for Implementation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Attribute::parse_outer(input)?;
        input.parse::<Option<Token![unsafe]>>()?;
        input.parse::<Token![impl]>()?;
        let mut generics: Generics = if input.peek(Token![<]) { input.parse()? } else { Generics::default() };
        let first: Type = input.parse()?;
        let (of_trait, self_type) =
            if input.parse::<Option<Token![for]>>()?.is_some() { (Some(first), input.parse()?) } else { (None, first) };
        generics.where_clause = input.parse()?;
        let body;
        braced!(body in input);
        let (mut methods, mut faults) = (Vec::new(), Vec::new());
        while !body.is_empty() {
            if body.peek(Token![#]) && body.peek2(Token![!]) {
                Attribute::parse_inner(&body)?;
                continue;
            }
            let item = item_tokens(&body)?;
            if !is_method(&item) {
                continue;
            }
            match syn::parse2(item) {
                Ok(function) => methods.push(function),
                Err(fault) => faults.push(fault),
            }
        }
        Ok(Self { generics, of_trait, self_type, methods, faults })
    }
}

/// Whether an item of an impl is a method. `const f: fn() = g;` has the word `fn`, too, but not first.
fn is_method(item: &TokenStream) -> bool {
    let parse = |input: ParseStream<'_>| {
        Attribute::parse_outer(input)?;
        input.parse::<Visibility>()?;
        let head: TokenStream = input.parse()?;
        let before = head.clone().into_iter().take_while(|token| {
            matches!(token, TokenTree::Ident(word) if ["const", "async", "unsafe", "safe", "extern", "default"].contains(&word.to_string().as_str()))
                || matches!(token, TokenTree::Literal(_))
        });
        let skipped = before.count();
        Ok(matches!(head.into_iter().nth(skipped), Some(TokenTree::Ident(word)) if word == "fn"))
    };
    syn::parse::Parser::parse2(parse, item.clone()).unwrap_or(false)
}

/// The tokens of one item: up to its braces or its semicolon.
fn item_tokens(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut item = TokenStream::new();
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        let ends = match &token {
            TokenTree::Group(group) => group.delimiter() == proc_macro2::Delimiter::Brace,
            TokenTree::Punct(punct) => punct.as_char() == ';',
            _ => false,
        };
        item.extend([token]);
        if ends {
            break;
        }
    }
    Ok(item)
}
