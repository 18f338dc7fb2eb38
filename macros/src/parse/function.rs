//! A function: its head as syntax, its body as tokens.

use proc_macro2::{Ident, Punct, Spacing, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, FnArg, Pat, Receiver, Signature, Type, Visibility};

/// A function as it was written.
pub(crate) struct Function {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    /// Carried, never read. A semicolon where it is missing: the compiler says that, so the macros need not.
    pub(crate) body: TokenTree,
}

/// One argument of a function.
pub(crate) struct Param<'a> {
    pub(crate) attributes: &'a [Attribute],
    pub(crate) pattern: &'a Pat,
    pub(crate) ty: &'a Type,
}

impl Parse for Function {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = Attribute::parse_outer(input)?;
        let visibility = input.parse()?;
        let signature = input.parse()?;
        let body = if input.is_empty() { Punct::new(';', Spacing::Alone).into() } else { input.parse()? };
        Ok(Self { attributes, visibility, signature, body })
    }
}

impl Function {
    /// The arguments after `self`.
    pub(crate) fn params(&self) -> impl Iterator<Item = Param<'_>> {
        self.signature.inputs.iter().filter_map(|input| match input {
            FnArg::Receiver(_) => None,
            FnArg::Typed(typed) => Some(Param { attributes: &typed.attrs, pattern: &typed.pat, ty: &typed.ty }),
        })
    }

    /// Whether it has a body.
    pub(crate) fn is_whole(&self) -> bool {
        matches!(self.body, TokenTree::Group(_))
    }

    /// `self`, in whichever form.
    pub(crate) fn receiver(&self) -> Option<&Receiver> {
        self.signature.receiver()
    }
}

/// The word that says what kind of item this is (`struct`, `enum`, `fn`, ..), and the name after it.
pub(crate) fn split_name(tokens: &TokenStream) -> Option<(Ident, Option<Ident>)> {
    let word = keyword(tokens)?;
    let mut rest = tokens.clone().into_iter().skip_while(|token| !is_same(token, &word)).skip(1);
    let name = match rest.next() {
        Some(TokenTree::Ident(name)) => Some(name),
        _ => None,
    };
    Some((word, name))
}

fn is_same(token: &TokenTree, word: &Ident) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn keyword(tokens: &TokenStream) -> Option<Ident> {
    const KINDS: [&str; 11] =
        ["struct", "enum", "union", "fn", "impl", "trait", "mod", "type", "static", "use", "macro_rules"];
    tokens.clone().into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if KINDS.contains(&ident.to_string().as_str()) => Some(ident),
        _ => None,
    })
}
