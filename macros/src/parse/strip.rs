//! Gives the user's item back without our helper attributes.
//!
//! It works on tokens, so it also works on half-typed items that no parser takes.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};
use syn::Attribute;

/// The attributes of wire inputs, on fields and arguments.
pub(crate) const FIELD_HELPERS: [&str; 4] = ["query", "header", "cookie", "path"];

/// The attributes of verbs in an impl.
pub(crate) const VERB_HELPERS: [&str; 8] = ["get", "post", "put", "patch", "delete", "head", "options", "method"];

/// The attributes of what runs before and after the verbs.
pub(crate) const HOOK_HELPERS: [&str; 2] = ["prepare", "finish"];

/// A struct without the attributes of its fields, and without a second `#[handler]`.
pub(crate) fn strip_fields(item: TokenStream) -> TokenStream {
    let item = without(item, &["handler", "scope"]);
    strip_inputs(item)
}

/// The fields of a struct, or those of the variants of an enum.
fn strip_inputs(item: TokenStream) -> TokenStream {
    inside(item, &[Delimiter::Brace, Delimiter::Parenthesis], &|body| strip_inputs(without(body, &FIELD_HELPERS)))
}

/// A function without the attributes of its arguments, and without a second verb. Its body is not looked into:
/// handlers may stand there.
pub(crate) fn strip_function(item: TokenStream) -> TokenStream {
    let helpers = [VERB_HELPERS.as_slice(), &HOOK_HELPERS].concat();
    strip_arguments(without(item, &helpers))
}

/// A function that runs again and again, without the attributes of its arguments, without a hook, and without a second
/// `#[every]`. A verb is left: such a function may be a handler, too.
pub(crate) fn strip_periodic(item: TokenStream) -> TokenStream {
    let helpers = [HOOK_HELPERS.as_slice(), &["every"]].concat();
    strip_arguments(without(item, &helpers))
}

/// An impl without the attributes of its verbs and of their arguments, and without a second `#[handler]`.
pub(crate) fn strip_methods(item: TokenStream) -> TokenStream {
    let item = without(item, &["handler", "scope"]);
    let helpers = [VERB_HELPERS.as_slice(), &HOOK_HELPERS].concat();
    inside(item, &[Delimiter::Brace], &|body| strip_arguments(without(body, &helpers)))
}

fn strip_arguments(item: TokenStream) -> TokenStream {
    inside(item, &[Delimiter::Parenthesis], &|arguments| without(arguments, &FIELD_HELPERS))
}

/// A struct with faults whose borrowed fields borrow for ever: that they borrow has been said, and the compiler would
/// ask for the lifetime as well.
pub(crate) fn lengthened(item: TokenStream) -> TokenStream {
    inside(item, &[Delimiter::Brace], &lengthen)
}

fn lengthen(types: TokenStream) -> TokenStream {
    let mut longer = TokenStream::new();
    let mut tokens = types.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => {
                longer.extend([TokenTree::Punct(punct)]);
                longer.extend(tokens.next());
            }
            TokenTree::Punct(punct) if punct.as_char() == '&' => {
                let is_elided = !matches!(tokens.peek(), Some(TokenTree::Punct(quote)) if quote.as_char() == '\'');
                let span = punct.span();
                longer.extend([TokenTree::Punct(punct)]);
                if is_elided {
                    longer.extend(quote_spanned!(span=> 'static));
                }
            }
            TokenTree::Ident(ident) if ident == "_" => {
                let name = proc_macro2::Ident::new("static", ident.span());
                longer.extend([TokenTree::Ident(name)]);
            }
            TokenTree::Group(group) => {
                let mut changed = Group::new(group.delimiter(), lengthen(group.stream()));
                changed.set_span(group.span());
                longer.extend([TokenTree::Group(changed)]);
            }
            token => longer.extend([token]),
        }
    }
    longer
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
        if is_hash && tokens.peek().is_some_and(|next| is_ours(next, helpers)) {
            tokens.next();
            continue;
        }
        kept.extend([token]);
    }
    kept
}

fn is_ours(token: &TokenTree, helpers: &[&str]) -> bool {
    let TokenTree::Group(group) = token else { return false };
    let is_attribute = group.delimiter() == Delimiter::Bracket;
    is_attribute && (names(&group.stream(), helpers) || hides(&group.stream(), helpers))
}

/// Whether an attribute is one of these. `#[squall::get]` is as good as `#[get]`, whatever squall is called here.
pub(crate) fn is_helper(attribute: &Attribute, helpers: &[&str]) -> bool {
    names(&attribute.meta.to_token_stream(), helpers)
}

/// Whether an attribute is a `cfg_attr` that carries one of these.
pub(crate) fn is_hidden(attribute: &Attribute, helpers: &[&str]) -> bool {
    hides(&attribute.meta.to_token_stream(), helpers)
}

/// Whether what stands in the brackets of an attribute begins with one of these names.
fn names(meta: &TokenStream, helpers: &[&str]) -> bool {
    // A `meta` fragment of a `macro_rules!` is wrapped in a group without delimiters.
    let open = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => group.stream(),
        token => token.into(),
    };
    let path: Vec<TokenTree> = meta.clone().into_iter().flat_map(open).take(4).collect();
    let is_colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    let name = match path.as_slice() {
        [TokenTree::Ident(_), TokenTree::Punct(_), TokenTree::Punct(_), TokenTree::Ident(name)] => name,
        [TokenTree::Ident(name), rest @ ..] if !is_colon(rest.first()) => name,
        _ => return false,
    };
    helpers.iter().any(|helper| name == helper)
}

fn hides(meta: &TokenStream, helpers: &[&str]) -> bool {
    let mut tokens = meta.clone().into_iter();
    let (Some(TokenTree::Ident(name)), Some(TokenTree::Group(group))) = (tokens.next(), tokens.next()) else {
        return false;
    };
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let pieces = tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','));
    // The first piece is the condition.
    name == "cfg_attr" && pieces.skip(1).any(|piece| names(&piece.iter().cloned().collect(), helpers))
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

    #[test]
    fn takes_out_what_is_hidden_or_said_twice() {
        let item = quote! { #[handler("/b")] struct A { #[cfg_attr(x, query, y)] a: u8, #[cfg_attr(query, z)] b: u8 } };
        let want = quote! { struct A { a: u8, #[cfg_attr(query, z)] b: u8 } };
        assert_eq!(strip_fields(item).to_string(), want.to_string());
    }

    #[test]
    fn borrowed_fields_borrow_for_ever() {
        let item = quote! { struct A { #[x(&y)] a: &str, b: Option<Cow<'_, str>>, c: &'a [&u8; 2] } };
        let want = quote! {
            struct A { #[x(&y)] a: &'static str, b: Option<Cow<'static, str>>, c: &'a [&'static u8; 2] }
        };
        assert_eq!(lengthened(item).to_string(), want.to_string());
    }
}
