//! Where generated tokens say they come from: what the user wrote, so that messages point there.

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// The same tokens at one place. `$crate` keeps its own, which says which crate it is.
pub(crate) fn placed(tokens: TokenStream, span: Span) -> TokenStream {
    let place = |token| match token {
        TokenTree::Group(group) => {
            let mut at_span = Group::new(group.delimiter(), placed(group.stream(), span));
            at_span.set_span(span);
            TokenTree::Group(at_span)
        }
        TokenTree::Ident(ident) if ident == "$crate" => TokenTree::Ident(ident),
        mut token => {
            token.set_span(span);
            token
        }
    };
    tokens.into_iter().map(place).collect()
}
