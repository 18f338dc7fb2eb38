//! First stage: tokens to syntax. Bodies of functions stay tokens, and what cannot be read is kept as it is.

mod arguments;
mod function;
mod implementation;
mod strip;

pub(crate) use arguments::{Arguments, settings_of};
pub(crate) use function::{Function, split_name};
pub(crate) use implementation::Implementation;
pub(crate) use strip::{FIELD_HELPERS, VERB_HELPERS, strip_fields, strip_function, strip_methods};
