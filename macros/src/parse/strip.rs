//! Gives the user's item back without our helper attributes.
//!
//! It works on tokens, so it also works on half-typed items that no parser takes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The attributes of wire inputs, on fields and arguments.
pub(crate) const FIELD_HELPERS: [&str; 3] = ["query", "header", "cookie"];

/// The attributes of verbs in an impl.
pub(crate) const VERB_HELPERS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "method"];

/// A struct without the attributes of its fields.
pub(crate) fn strip_fields(item: TokenStream) -> TokenStream {
    inside(item, &[Delimiter::Brace, Delimiter::Parenthesis], &|body| without(body, &FIELD_HELPERS))
}

/// A function without the attributes of its arguments. Its body is not looked into: handlers may stand there.
pub(crate) fn strip_function(item: TokenStream) -> TokenStream {
    inside(item, &[Delimiter::Parenthesis], &|arguments| without(arguments, &FIELD_HELPERS))
}

/// An impl without the attributes of its verbs and of their arguments.
pub(crate) fn strip_methods(item: TokenStream) -> TokenStream {
    inside(item, &[Delimiter::Brace], &|body| strip_function(without(body, &VERB_HELPERS)))
}

/// Changes what stands in the groups of these kinds, one level deep; attributes are left alone.
fn inside(tokens: TokenStream, kinds: &[Delimiter], change: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) if kinds.contains(&group.delimiter()) => {
                let mut changed = Group::new(group.delimiter(), change(group.stream()));
                changed.set_span(group.span());
                TokenTree::Group(changed)
            }
            token => token,
        })
        .collect()
}

/// Leaves out every `#[helper ..]` of this level.
fn without(tokens: TokenStream, helpers: &[&str]) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_hash = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '#');
        if is_hash && tokens.peek().is_some_and(|next| is_helper(next, helpers)) {
            tokens.next();
            continue;
        }
        kept.extend([token]);
    }
    kept
}

fn is_helper(token: &TokenTree, helpers: &[&str]) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let path: Vec<TokenTree> = group.stream().into_iter().collect();
    let name = match path.as_slice() {
        // `#[squall::get]` is as good as `#[get]`.
        [TokenTree::Ident(first), TokenTree::Punct(_), TokenTree::Punct(_), TokenTree::Ident(name), ..]
            if first == "squall" =>
        {
            name
        }
        [TokenTree::Ident(name), rest @ ..] if !matches!(rest.first(), Some(TokenTree::Punct(p)) if p.as_char() == ':') => {
            name
        }
        _ => return false,
    };
    group.delimiter() == Delimiter::Bracket && helpers.iter().any(|helper| name == helper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn gives_structs_back() {
        let item = quote! { #[derive(Clone)] struct A { #[query(default = 1)] a: u8, #[serde(x)] #[header] b: C } };
        let want = quote! { #[derive(Clone)] struct A { a: u8, #[serde(x)] b: C } };
        assert_eq!(strip_fields(item).to_string(), want.to_string());
    }

    #[test]
    fn leaves_bodies_alone() {
        let item = quote! { impl A { #[get] fn a(&self, #[query] x: u8) { #[get("/b")] fn b(#[query] c: u8) {} } } };
        let want = quote! { impl A { fn a(&self, x: u8) { #[get("/b")] fn b(#[query] c: u8) {} } } };
        assert_eq!(strip_methods(item).to_string(), want.to_string());
    }
}
