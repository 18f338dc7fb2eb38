//! The arguments of an attribute: text first, then `key = value` or a bare flag.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Expr, LitStr, Meta, Token};

use crate::errors::Errors;
use crate::suggest::nearest;

/// The options that every verb has.
pub(crate) const VERB_OPTIONS: [&str; 8] =
    ["blocking", "body", "detached", "layer", "limits", "middleware", "on_error", "timeout"];

/// The options that scopes and handlers share with verbs.
pub(crate) const SHARED_OPTIONS: [&str; 6] = ["body", "layer", "limits", "middleware", "on_error", "timeout"];

/// `#[get("/path", key = value, flag)]`, taken apart.
pub(crate) struct Arguments {
    /// The text literals, in order.
    pub(crate) texts: Vec<LitStr>,
    /// What stands where a text was expected.
    pub(crate) others: Vec<TokenStream>,
    /// Everything else.
    pub(crate) settings: Vec<Setting>,
}

/// One `key = value`, or a flag without a value.
pub(crate) struct Setting {
    pub(crate) key: Ident,
    pub(crate) value: Option<TokenStream>,
}

impl Arguments {
    /// Takes the tokens apart at their commas; `known` are the keys that this attribute has.
    ///
    /// An unknown key and a key given twice are faults. A setting that is a fault is left out.
    pub(crate) fn parse(tokens: TokenStream, known: &[&str], errors: &Errors) -> Self {
        let mut arguments = Self { texts: Vec::new(), others: Vec::new(), settings: Vec::new() };
        let mut seen: Vec<String> = Vec::new();
        for (at, piece) in split(tokens).into_iter().enumerate() {
            if let Ok(text) = syn::parse2::<LitStr>(piece.clone()) {
                arguments.texts.push(text);
                continue;
            }
            let Some((key, value)) = setting(&piece) else {
                arguments.others.push(piece);
                continue;
            };
            let name = key.to_string();
            if !known.contains(&name.as_str()) {
                if at == 0 && value.is_none() && nearest(&name, known.iter().copied()).is_none() {
                    // A name where the path belongs.
                    arguments.others.push(piece);
                } else {
                    errors.at(&key, unknown(&name, known));
                }
            } else if seen.contains(&name) {
                errors.at(&key, format!("`{name}` is given twice: keep one"));
            } else {
                seen.push(name);
                arguments.settings.push(Setting { key, value });
            }
        }
        arguments
    }

    /// The setting of this name.
    pub(crate) fn take(&mut self, name: &str) -> Option<Setting> {
        let at = self.settings.iter().position(|setting| setting.key == name)?;
        Some(self.settings.remove(at))
    }

    /// Whether the flag is set; a value that is no `true` or `false` is a fault.
    pub(crate) fn flag(&mut self, name: &str, default: bool, errors: &Errors) -> bool {
        let Some(setting) = self.take(name) else { return default };
        match setting.value {
            None => true,
            Some(value) => match syn::parse2::<syn::LitBool>(value.clone()) {
                Ok(value) => value.value,
                Err(_) => {
                    errors.at(value, format!("`{name}` is true or false: write `{name} = {}`", !default));
                    default
                }
            },
        }
    }

    /// The crate that generated code names: `::squall` unless `crate = path` says otherwise.
    pub(crate) fn runtime(&mut self, errors: &Errors) -> TokenStream {
        let default = quote::quote!(::squall);
        let Some(setting) = self.take("crate") else { return default };
        let path = setting.value.unwrap_or_default();
        if syn::parse2::<syn::Path>(path.clone()).is_ok() {
            return path;
        }
        errors.at(or_key(&path, &setting.key), "`crate` is a path: write `crate = my_crate::squall`, without quotes");
        default
    }

    /// A value that must be text.
    pub(crate) fn text(&mut self, name: &str, example: &str, errors: &Errors) -> Option<LitStr> {
        let setting = self.take(name)?;
        let text = setting.value.clone().and_then(|value| syn::parse2(value).ok());
        if text.is_none() {
            let at = setting.value.unwrap_or_else(|| setting.key.to_token_stream());
            errors.at(at, format!("`{name}` is text: write `{name} = {example}`"));
        }
        text
    }
}

/// The crate that generated code names, where nothing else of the arguments matters.
pub(crate) fn runtime_of(arguments: TokenStream) -> TokenStream {
    let named = split(arguments).iter().filter_map(setting).find(|(key, _)| key == "crate");
    named.and_then(|(_, path)| path).unwrap_or_else(|| quote::quote!(::squall))
}

/// The arguments of a helper attribute such as `#[query(..)]` on a field.
pub(crate) fn settings_of(attribute: &Attribute, known: &[&str], errors: &Errors) -> Arguments {
    let tokens = match &attribute.meta {
        Meta::Path(_) => TokenStream::new(),
        Meta::List(list) => list.tokens.clone(),
        Meta::NameValue(pair) => {
            let name = pair.path.to_token_stream().to_string();
            errors.at(pair, format!("options stand in parentheses: write `#[{name}(default = ..)]`"));
            TokenStream::new()
        }
    };
    Arguments::parse(tokens, known, errors)
}

/// Where a fault of a setting is shown: at its value, or at its key where that is missing.
pub(crate) fn or_key(value: &TokenStream, key: &Ident) -> TokenStream {
    if value.is_empty() { key.to_token_stream() } else { value.clone() }
}

fn unknown(name: &str, known: &[&str]) -> String {
    match nearest(name, known.iter().copied()) {
        Some(meant) => format!("there is no option `{name}`: did you mean `{meant}`"),
        None if name == "in" => {
            "`in` is an option of scopes and handlers: write `#[handler(\"/path\", in = Admin)]`".to_owned()
        }
        None if SHARED_OPTIONS.contains(&name) => {
            format!("`{name}` is an option of a verb, or of the struct of a scope or a handler: write it there")
        }
        None if VERB_OPTIONS.contains(&name) => format!("`{name}` is an option of a verb: write `#[post({name})]`"),
        None if known.is_empty() => format!("there is no option `{name}`: this attribute takes none"),
        None if known.len() == 1 => format!("there is no option `{name}`: the only one is `{}`", known[0]),
        None => {
            let list: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
            format!("there is no option `{name}`: the options are {}", list.join(", "))
        }
    }
}

/// The pieces between commas; an empty one is passed over, so that a comma at the end is free.
fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let parse = |input: ParseStream<'_>| {
        let mut pieces = Vec::new();
        while !input.is_empty() {
            let piece = piece(input)?;
            if !piece.is_empty() {
                pieces.push(piece);
            }
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(pieces)
    };
    parse.parse2(tokens).unwrap_or_default()
}

/// The tokens up to the next comma that is no part of a value: `key = Pair::<u8, u8>::new()` is one piece.
fn piece(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let ahead = input.fork();
    if let (Ok(key), Ok(equals), Ok(value)) =
        (Ident::parse_any(&ahead), ahead.parse::<Token![=]>(), ahead.parse::<Expr>())
        && (ahead.is_empty() || ahead.peek(Token![,]))
    {
        input.advance_to(&ahead);
        return Ok(quote::quote!(#key #equals #value));
    }
    let mut piece = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        piece.extend([input.parse::<TokenTree>()?]);
    }
    Ok(piece)
}

/// `key` or `key = value`.
fn setting(piece: &TokenStream) -> Option<(Ident, Option<TokenStream>)> {
    let mut tokens = piece.clone().into_iter();
    let Some(TokenTree::Ident(key)) = tokens.next() else { return None };
    if key == "true" || key == "false" {
        return None;
    }
    match tokens.next() {
        None => Some((key, None)),
        Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
            let value: TokenStream = tokens.collect();
            let missing = || {
                let span = key.span();
                quote::quote_spanned!(span=> _)
            };
            let value = if value.is_empty() { missing() } else { value };
            Some((key, Some(value)))
        }
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn commas_inside_a_value_do_not_end_it() {
        let pieces = split(quote!("/", default = Pair::<u8, u8>::new(), range = 1..=9, flag, other(1, 2), =,));
        let pieces: Vec<String> = pieces.iter().map(|piece| piece.to_string().replace(' ', "")).collect();
        assert_eq!(pieces, ["\"/\"", "default=Pair::<u8,u8>::new()", "range=1..=9", "flag", "other(1,2)", "="]);
    }
}
