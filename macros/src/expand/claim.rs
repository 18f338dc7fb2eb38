//! One method of one path belongs to one handler: each claims it by a macro of that name, and a second one is E0428.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Attribute, LitStr, Type};

use crate::model::Method;

/// What the prelude holds: types, variants, traits and derives.
const PRELUDE: &str = "AsMut AsRef AsyncFn AsyncFnMut AsyncFnOnce Box Clone Copy Debug Default DoubleEndedIterator Drop Eq \
    Err ExactSizeIterator Extend Fn FnMut FnOnce From FromIterator Future Hash Into IntoFuture \
    IntoIterator Iterator None Ok Option Ord PartialEq PartialOrd Result Send Sized Some String Sync \
    ToOwned ToString TryFrom TryInto Unpin Vec bool char str";

/// Calls what the struct left under its own name, with the verbs of this impl.
///
/// The impl does not see the path. The struct holds it in a macro that bears the struct's name and so comes along by
/// every `use` of it. Two nested blocks give that macro a name that is known here; where the struct has none, the outer
/// block's name is found instead and says what is missing; `rest` then stays out, so that this is all it says.
pub(crate) fn claims(
    runtime: &TokenStream,
    self_type: &Type,
    verbs: &[(Method, Vec<Attribute>)],
    rest: &TokenStream,
) -> TokenStream {
    let verbs = verbs.iter().map(|(method, cfg)| {
        let name = &method.name;
        let span = Ident::new("claimed", method.span);
        quote!((#(#cfg)* #span #name))
    });
    // A name that a macro gave back may hide one of the prelude only where it says in which module it stands.
    let is_hiding = match self_type {
        Type::Path(path) => path.path.get_ident().is_some_and(|name| PRELUDE.split(' ').any(|known| name == known)),
        _ => false,
    };
    let here = is_hiding.then(|| quote!(self::));
    quote! {
        #[allow(deprecated)]
        const _: () = {
            #[allow(unused_imports)]
            use #runtime::__private::__no_struct as __squall_claims;
            const _: () = {
                #[allow(unused_imports)]
                use #here #self_type as __squall_claims;
                const _: () = {
                    __squall_claims! { [#self_type] { #rest } #(#verbs)* }
                };
            };
        };
    }
}

/// The macros that claim methods of a path: `"normal form" [type] { rest } (#[cfg(..)] span "METHOD") ..`, with `_` for
/// the path of a handler that is not registered.
pub(crate) fn claim(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    // No path: the routes are not registered, and nothing is claimed.
    let path = tokens.next().and_then(|token| syn::parse2::<LitStr>(token.into()).ok()).map(|path| path.value());
    let pieces = tokens.map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
            claim_one(path.as_deref(), group.stream())
        }
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => group.stream(),
        _ => TokenStream::new(),
    });
    pieces.collect()
}

fn claim_one(path: Option<&str>, verb: TokenStream) -> TokenStream {
    let Some(path) = path else { return TokenStream::new() };
    let mut tokens: Vec<TokenTree> = verb.into_iter().collect();
    let method = tokens.pop().and_then(|token| syn::parse2::<LitStr>(token.into()).ok());
    let span = tokens.pop().map_or_else(Span::call_site, |token| token.span());
    let cfg: TokenStream = tokens.into_iter().collect();
    let name = Ident::new(&claim_name(&method.map(|method| method.value()).unwrap_or_default(), path), span);
    let item = quote_spanned!(span=> macro_rules! #name { () => {} });
    quote! {
        #cfg
        #[doc(hidden)]
        #[allow(unused_macros, non_local_definitions, non_snake_case)]
        #[macro_export]
        #item
    }
}

/// A name that is different for different routes and can still be read: `duplicate_route__GET__items___id_`.
///
/// A slash is `__`; anything that cannot stand in a name is a word between single underscores; a parameter is `_any_`
/// and a tail `_rest_`, whatever they are called. Read from the left this can be undone, so no two routes clash.
fn claim_name(method: &str, path: &str) -> String {
    let mut name = format!("duplicate_route__{}", method.replace('_', "_u_").replace('-', "_dash_"));
    let mut chars = path.chars();
    while let Some(c) = chars.next() {
        match c {
            '/' => name.push_str("__"),
            '{' => {
                let parameter: String = chars.by_ref().take_while(|c| *c != '}').collect();
                name.push_str(if parameter.starts_with('*') { "_rest_" } else { "_any_" });
            }
            '-' => name.push_str("_dash_"),
            '.' => name.push_str("_dot_"),
            '_' => name.push_str("_u_"),
            c if c.is_ascii_alphanumeric() => name.push(c),
            c => name.push_str(&format!("_x{:02X}_", u32::from(c))),
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    #[test]
    fn names_can_be_read() {
        assert_eq!(claim_name("GET", "/"), "duplicate_route__GET__");
        assert_eq!(claim_name("GET", "/items/{0}"), "duplicate_route__GET__items___any_");
        assert_eq!(claim_name("POST", "/a-b/{*0}"), "duplicate_route__POST__a_dash_b___rest_");
    }

    #[test]
    fn different_routes_have_different_names() {
        let paths = [
            "/",
            "/a",
            "/a/",
            "/a/b",
            "/a_b",
            "/a__b",
            "/a-b",
            "/a.b",
            "/a_u_b",
            "/au/b",
            "/any",
            "/_any_",
            "/{x}",
            "/{*x}",
            "/rest",
            "/_rest_",
            "/a/{x}",
            "/a_/b",
            "/a/_b",
            "/ä",
            "/%C3%84",
            "/x2D",
            "/~",
            "/dash",
            "/_dash_",
            "/a/{x}/b",
            "/a/{x}/{y}",
            "/A",
            "/a%2Fb",
            "/a@b",
            "/u",
            "/_",
            "/__",
            "/xC3",
        ];
        let mut names: Vec<String> = Vec::new();
        for path in paths {
            let normal = Pattern::parse(path).expect("a path").normal_form();
            for method in ["GET", "POST", "A_B", "A-B"] {
                names.push(claim_name(method, &normal));
            }
        }
        let count = names.len();
        names.sort();
        names.dedup();
        // "/ä" and its escape are no pair here: one is `%C3%A4`, the other `%C3%84`.
        assert_eq!(names.len(), count);
    }

    #[test]
    fn a_parameter_has_one_name_whatever_it_is_called() {
        let normal = |path| Pattern::parse(path).expect("a path").normal_form();
        assert_eq!(claim_name("GET", &normal("/a/{x}")), claim_name("GET", &normal("/a/{y}")));
    }
}
