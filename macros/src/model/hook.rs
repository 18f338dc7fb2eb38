//! `#[prepare]` and `#[finish]`: what runs before and after the handlers of a scope, or the verbs of a struct.

use proc_macro2::{Ident, Span, TokenStream};
use syn::Attribute;

use crate::model::Argument;
use crate::parse::{HOOK_HELPERS, is_helper};

/// When a hook runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Moment {
    /// Before the verb.
    Prepare,
    /// After the answer.
    Finish,
}

/// One of them.
pub(crate) struct Hook {
    pub(crate) moment: Moment,
    /// The place of its attribute.
    pub(crate) span: Span,
    pub(crate) function: Ident,
    pub(crate) is_async: bool,
    /// It takes `self`, not `&self`.
    pub(crate) by_value: bool,
    /// What extractors make.
    pub(crate) arguments: Vec<Argument>,
    /// Which of its arguments is the outcome, and what it is a reference to.
    pub(crate) outcome: Option<(usize, TokenStream)>,
    pub(crate) output: TokenStream,
    pub(crate) cfg: Vec<Attribute>,
}

/// The attributes of a method that make it a hook.
pub(crate) fn find_hooks(attributes: &[Attribute]) -> Vec<(&Attribute, Moment)> {
    let moment_of = |attribute: &Attribute| {
        let moments = [Moment::Prepare, Moment::Finish];
        HOOK_HELPERS.into_iter().zip(moments).find(|(name, _)| is_helper(attribute, &[name]))
    };
    attributes.iter().filter_map(|attribute| Some((attribute, moment_of(attribute)?.1))).collect()
}

/// A function that runs again and again.
pub(crate) struct Periodic {
    /// In milliseconds.
    pub(crate) period: u64,
    pub(crate) span: Span,
    pub(crate) function: Ident,
    pub(crate) is_async: bool,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) output: TokenStream,
    pub(crate) cfg: Vec<Attribute>,
}
