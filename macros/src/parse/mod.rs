//! First stage: tokens to syntax. Bodies of functions stay tokens, and what cannot be read is kept as it is.

mod arguments;
mod function;
mod implementation;
mod interpolation;
mod strip;

pub(crate) use arguments::{Arguments, SHARED_OPTIONS, Setting, VERB_OPTIONS, or_key, runtime_of, settings_of};
pub(crate) use function::{Function, split_name};
pub(crate) use implementation::Implementation;
pub(crate) use interpolation::{Interpolation, field_name, interpolation, names_of};
pub(crate) use strip::{
    FIELD_HELPERS, HOOK_HELPERS, VERB_HELPERS, is_helper, is_hidden, lengthened, strip_fields, strip_function,
    strip_methods, strip_periodic,
};
