//! Where generated tokens say they come from: what the user wrote, so that messages point there.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// What stands in braces that are at one place: an item whose head and body are at different places has none.
pub(crate) fn braced(tokens: TokenStream, span: Span) -> Group {
    let mut group = Group::new(Delimiter::Brace, tokens);
    group.set_span(span);
    group
}

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
