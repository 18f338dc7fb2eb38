//! Collects faults, so that all of them are reported at once.

use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The faults of one macro call. It must be read: dropped with faults unread it panics, as they would be lost.
#[derive(Default)]
pub(crate) struct Errors {
    list: RefCell<Vec<syn::Error>>,
    read: bool,
}

impl Errors {
    /// None yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A fault that is shown under these tokens.
    pub(crate) fn at(&self, tokens: impl ToTokens, message: impl Display) {
        self.list.borrow_mut().push(syn::Error::new_spanned(tokens, message));
    }

    /// A fault that is shown at this place.
    pub(crate) fn at_span(&self, span: Span, message: impl Display) {
        self.list.borrow_mut().push(syn::Error::new(span, message));
    }

    /// A fault that syn found.
    pub(crate) fn syntax(&self, error: syn::Error) {
        self.list.borrow_mut().push(error);
    }

    /// Keeps the value, or the fault.
    pub(crate) fn keep<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.syntax(error)).ok()
    }

    /// Whether there is one.
    pub(crate) fn any(&self) -> bool {
        !self.list.borrow().is_empty()
    }

    /// All faults as `compile_error!` calls; nothing when there are none.
    pub(crate) fn into_tokens(mut self) -> TokenStream {
        self.read = true;
        self.list.take().into_iter().map(syn::Error::into_compile_error).collect()
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        assert!(self.read || std::thread::panicking() || !self.any(), "faults were collected and not reported");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_all_of_them() {
        let errors = Errors::new();
        errors.at_span(Span::call_site(), "one");
        errors.at_span(Span::call_site(), "two");
        let tokens = errors.into_tokens().to_string();
        assert_eq!(tokens.matches("compile_error").count(), 2);
    }

    #[test]
    #[should_panic(expected = "not reported")]
    fn cannot_be_forgotten() {
        let errors = Errors::new();
        errors.at_span(Span::call_site(), "lost");
    }
}
