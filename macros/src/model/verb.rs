//! One verb: a method of a handler impl, or a handler function.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Attribute, LitStr, ReturnType, Type};

use crate::errors::Errors;
use crate::model::argument::replace_self;
use crate::model::{Argument, cfg_of, doc_of};
use crate::parse::{Arguments, Function, VERB_HELPERS, VERB_OPTIONS, is_helper, settings_of};

/// The HTTP method of a verb.
#[derive(Clone)]
pub(crate) struct Method {
    /// In capitals.
    pub(crate) name: String,
    /// The place of the attribute.
    pub(crate) span: Span,
}

impl Method {
    /// The type that stands for it in `Answers`; a method of one's own has none.
    pub(crate) fn marker(&self) -> Option<Ident> {
        let name = match self.name.as_str() {
            "GET" => "Get",
            "POST" => "Post",
            "PUT" => "Put",
            "PATCH" => "Patch",
            "DELETE" => "Delete",
            "HEAD" => "Head",
            "OPTIONS" => "Options",
            _ => return None,
        };
        Some(Ident::new(name, Span::mixed_site()))
    }

    /// Whether its requests carry no body, unless the handler says so.
    pub(crate) fn is_bodiless(&self) -> bool {
        self.name == "GET" || self.name == "HEAD"
    }

    /// The method that a text names; a fault when it is no token in capitals.
    pub(crate) fn custom(text: &LitStr, span: Span, errors: &Errors) -> Option<Self> {
        let name = text.value();
        let fine = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"-_".contains(&byte));
        if name.is_empty() || !fine {
            errors.at(text, "a method is written in capitals: write it like `#[method(\"PURGE\")]`");
            return None;
        }
        Some(Self { name, span })
    }
}

/// How a verb runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// On the task of the connection.
    Inline,
    /// On the pool of threads that may wait.
    Blocking,
    /// As a task of its own, which goes on when the client has left.
    Detached,
}

/// What the attribute of a verb says.
pub(crate) struct VerbOptions {
    pub(crate) mode: Mode,
    pub(crate) body_limit: Option<usize>,
    /// The handler reads a body although its method has none.
    pub(crate) body: bool,
}

/// How a method takes its struct.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Receiver {
    /// `self`
    Value,
    /// `&self`
    Reference,
    /// A function.
    None,
}

/// A verb.
pub(crate) struct Verb {
    pub(crate) method: Method,
    pub(crate) options: VerbOptions,
    pub(crate) function: Ident,
    pub(crate) is_async: bool,
    pub(crate) receiver: Receiver,
    pub(crate) arguments: Vec<Argument>,
    /// The result type as written, `Self` replaced.
    pub(crate) output: TokenStream,
    /// Whether the result type can be named outside the function.
    pub(crate) is_typed: bool,
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) doc: String,
}

impl Verb {
    /// The verb that a function is.
    pub(crate) fn new(
        function: &Function,
        method: Method,
        options: VerbOptions,
        receiver: Receiver,
        arguments: Vec<Argument>,
        self_type: Option<&Type>,
    ) -> Self {
        let output = match &function.signature.output {
            ReturnType::Default => {
                let span = function.signature.ident.span();
                quote_spanned!(span=> ())
            }
            ReturnType::Type(_, ty) => replace_self(ty.to_token_stream(), self_type),
        };
        Self {
            method,
            options,
            function: function.signature.ident.clone(),
            is_async: function.signature.asyncness.is_some(),
            receiver,
            arguments,
            is_typed: is_nameable(output.clone()),
            output,
            cfg: cfg_of(&function.attributes),
            doc: doc_of(&function.attributes),
        }
    }
}

/// Whether a result type can stand in an impl: no `impl Trait`, no elided lifetime.
fn is_nameable(output: TokenStream) -> bool {
    let tokens: Vec<TokenTree> = output.into_iter().collect();
    tokens.iter().enumerate().all(|(at, token)| match token {
        TokenTree::Ident(word) => word != "impl",
        TokenTree::Group(group) => is_nameable(group.stream()),
        TokenTree::Punct(punct) if punct.as_char() == '&' => {
            matches!(tokens.get(at + 1), Some(TokenTree::Punct(quote)) if quote.as_char() == '\'')
        }
        TokenTree::Punct(punct) if punct.as_char() == '\'' => {
            !matches!(tokens.get(at + 1), Some(TokenTree::Ident(name)) if name == "_")
        }
        _ => true,
    })
}

/// The attributes of a method that make it a verb, with the name of each.
pub(crate) fn find_verbs(attributes: &[Attribute]) -> Vec<(&Attribute, &'static str)> {
    let name_of = |attribute: &Attribute| VERB_HELPERS.into_iter().find(|name| is_helper(attribute, &[name]));
    attributes.iter().filter_map(|attribute| Some((attribute, name_of(attribute)?))).collect()
}

/// The options of a verb, with those that only some places have.
pub(crate) fn known_options(more: &[&'static str]) -> Vec<&'static str> {
    VERB_OPTIONS.into_iter().chain(more.iter().copied()).collect()
}

/// Reads the attribute of a verb in an impl: its method and its options.
pub(crate) fn verb_attribute(attribute: &Attribute, name: &str, errors: &Errors) -> (Option<Method>, VerbOptions) {
    let mut arguments = settings_of(attribute, &known_options(&[]), errors);
    let span = attribute.path().span();
    let mut texts = std::mem::take(&mut arguments.texts).into_iter();
    let method = if name == "method" {
        match (texts.next(), arguments.others.is_empty()) {
            (Some(text), _) => Method::custom(&text, span, errors),
            (None, true) => {
                errors.at(attribute.path(), "the method is missing: write `#[method(\"PURGE\")]`");
                None
            }
            (None, false) => {
                errors.at(arguments.others.remove(0), "the method is text: write `#[method(\"PURGE\")]`");
                None
            }
        }
    } else {
        Some(Method { name: name.to_ascii_uppercase(), span })
    };
    for text in texts {
        errors.at(text, "the path stands on the struct: write the verb without one");
    }
    for other in &arguments.others {
        errors.at(other, "this is no option: write `key = value`");
    }
    let options = verb_options(&mut arguments, errors);
    (method, options)
}

/// Reads the options that every verb has.
pub(crate) fn verb_options(arguments: &mut Arguments, errors: &Errors) -> VerbOptions {
    let keys: Vec<Ident> = arguments.settings.iter().map(|setting| setting.key.clone()).collect();
    let blocking = arguments.flag("blocking", false, errors);
    let detached = arguments.flag("detached", false, errors);
    if let (true, true, Some(second)) = (blocking, detached, keys.iter().rfind(|key| *key == "detached")) {
        errors.at(second, "a blocking verb runs to its end anyway: keep `blocking`");
    }
    let mode = match (blocking, detached) {
        (true, _) => Mode::Blocking,
        (false, true) => Mode::Detached,
        (false, false) => Mode::Inline,
    };
    let (body, body_limit) = body(arguments, errors);
    VerbOptions { mode, body_limit, body }
}

/// `body = "20MiB"` is a limit, `body = true` says that a GET reads one.
fn body(arguments: &mut Arguments, errors: &Errors) -> (bool, Option<usize>) {
    let Some(setting) = arguments.take("body") else { return (false, None) };
    let Some(value) = setting.value else { return (true, None) };
    if let Ok(flag) = syn::parse2::<syn::LitBool>(value.clone()) {
        return (flag.value, None);
    }
    match syn::parse2::<LitStr>(value.clone()).ok().and_then(|text| size(&text.value())) {
        Some(limit) => (true, Some(limit)),
        None => {
            errors.at(value, "`body` is a size or `true`: write `body = \"20MiB\"`, with B, KiB, MiB or GiB");
            (true, None)
        }
    }
}

/// A number of bytes: `4096`, `64KiB`, `20 MiB`.
pub(super) fn size(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number: usize = text[..digits].parse().ok()?;
    let factor: usize = match text[digits..].trim() {
        "" | "B" => 1,
        "KiB" => 1 << 10,
        "MiB" => 1 << 20,
        "GiB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("20MiB"), Some(20 << 20));
        assert_eq!(size("64 KiB"), Some(64 << 10));
        assert_eq!(size("4096"), Some(4096));
        for wrong in ["", "MiB", "20MB", "-1", "99999999999GiB"] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn knows_which_results_have_a_name() {
        let nameable = |text: &str| is_nameable(text.parse().expect("tokens"));
        assert!(nameable("Result<Json<Vec<u8>>, Error>"));
        assert!(nameable("&'static str"));
        assert!(!nameable("impl IntoResponse"));
        assert!(!nameable("Result<impl IntoResponse, Error>"));
        assert!(!nameable("&str"));
        assert!(!nameable("Cow<'_, str>"));
    }
}
