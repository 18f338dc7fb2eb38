//! An impl: its head and the heads of its methods as syntax, everything else as tokens.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream, Parser as _};
use syn::{Attribute, Generics, Token, Type, Visibility, braced};

use crate::parse::Function;

/// An impl as it was written.
pub(crate) struct Implementation {
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) generics: Generics,
    /// `Trait for`, where it is written.
    pub(crate) of_trait: Option<Type>,
    pub(crate) self_type: Type,
    pub(crate) methods: Vec<Function>,
    /// The attributes of everything that is no method.
    pub(crate) others: Vec<Attribute>,
    /// The methods that could not be read.
    pub(crate) faults: Vec<syn::Error>,
}

impl Parse for Implementation {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attributes = Attribute::parse_outer(input)?;
        input.parse::<Option<Token![unsafe]>>()?;
        input.parse::<Token![impl]>()?;
        let mut generics: Generics = if input.peek(Token![<]) { input.parse()? } else { Generics::default() };
        let first: Type = input.parse()?;
        let (of_trait, self_type) =
            if input.parse::<Option<Token![for]>>()?.is_some() { (Some(first), input.parse()?) } else { (None, first) };
        // A `ty` fragment of a `macro_rules!` comes in a group of its own.
        let self_type = match self_type {
            Type::Group(group) => *group.elem,
            other => other,
        };
        generics.where_clause = input.parse()?;
        let body;
        braced!(body in input);
        let (mut methods, mut others, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        while !body.is_empty() {
            if body.peek(Token![#]) && body.peek2(Token![!]) {
                Attribute::parse_inner(&body)?;
                continue;
            }
            let item = item_tokens(&body)?;
            let (attributes, is_method) = head_of(&item);
            if !is_method {
                others.extend(attributes);
                continue;
            }
            match syn::parse2(item) {
                Ok(function) => methods.push(function),
                Err(fault) => faults.push(fault),
            }
        }
        Ok(Self { attributes, generics, of_trait, self_type, methods, others, faults })
    }
}

/// The attributes of an item of an impl, and whether it is a method. `const f: fn() = g;` has the word `fn`, too, but
/// not first.
fn head_of(item: &TokenStream) -> (Vec<Attribute>, bool) {
    const BEFORE_FN: [&str; 6] = ["const", "async", "unsafe", "safe", "extern", "default"];
    let parse = |input: ParseStream<'_>| {
        let attributes = Attribute::parse_outer(input)?;
        input.parse::<Visibility>()?;
        let head: TokenStream = input.parse()?;
        let mut rest = head.into_iter().skip_while(|token| match token {
            TokenTree::Ident(word) => BEFORE_FN.iter().any(|before| word == before),
            TokenTree::Literal(_) => true,
            _ => false,
        });
        let is_method = matches!(rest.next(), Some(TokenTree::Ident(word)) if word == "fn");
        Ok((attributes, is_method))
    };
    parse.parse2(item.clone()).unwrap_or_default()
}

/// The tokens of one item: up to its braces or its semicolon. Braces between angle brackets are part of a type, as in
/// `-> Page<{ SIZE }>`.
fn item_tokens(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let mut item = TokenStream::new();
    let (mut depth, mut before) = (0_usize, ' ');
    while !input.is_empty() {
        let token: TokenTree = input.parse()?;
        let punct = if let TokenTree::Punct(punct) = &token { punct.as_char() } else { ' ' };
        match (before, punct) {
            (_, '<') => depth += 1,
            // `->` and `=>` are arrows.
            ('-' | '=', '>') => {}
            (_, '>') => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = punct;
        let is_body = is_body(&token);
        item.extend([token]);
        if punct == ';' || (is_body && depth == 0) {
            break;
        }
    }
    Ok(item)
}

/// Whether a token is what stands in braces. A `block` fragment of a `macro_rules!` comes in a group of its own.
fn is_body(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else { return false };
    match group.delimiter() {
        Delimiter::Brace => true,
        Delimiter::None => group.stream().into_iter().next().is_some_and(|first| is_body(&first)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn finds_the_methods_among_the_items() {
        let item = quote! {
            #[doc = "x"]
            impl Pages {
                #[get]
                async fn first(&self) -> Page<{ SIZE }, fn() -> u8> where Check<{ SIZE > 1 }>: Holds { (a < b) }
                const MAKE: fn() -> bool = || 1 < 2;
                #[post]
                const PAGE: Page = Page { size: 1 };
                pub(crate) const unsafe extern "C" fn last() {}
                type Alias = Vec<u8>;
                more! { fn no() {} }
                fn end(self) -> Vec<Vec<u8>> { x }
            }
        };
        let parsed: Implementation = syn::parse2(item).expect("an impl");
        let names: Vec<String> = parsed.methods.iter().map(|method| method.signature.ident.to_string()).collect();
        assert_eq!(names, ["first", "last", "end"]);
        assert_eq!((parsed.others.len(), parsed.faults.len()), (1, 0));
    }

    #[test]
    fn a_body_may_come_in_a_group_of_its_own() {
        let block = TokenTree::from(proc_macro2::Group::new(Delimiter::None, quote!({ 1 })));
        let item = quote! { impl Pages { fn a(&self) -> u8 #block #[finish] fn b(&self) {} } };
        let parsed: Implementation = syn::parse2(item).expect("an impl");
        let names: Vec<String> = parsed.methods.iter().map(|method| method.signature.ident.to_string()).collect();
        assert_eq!((names, parsed.faults.len()), (vec!["a".to_owned(), "b".to_owned()], 0));
    }

    #[test]
    fn keeps_the_methods_beside_one_that_cannot_be_read() {
        let item = quote! { impl Pages { fn a(&self, x) {} fn b(&self) {} } };
        let parsed: Implementation = syn::parse2(item).expect("an impl");
        assert_eq!((parsed.methods.len(), parsed.faults.len()), (1, 1));
    }
}
