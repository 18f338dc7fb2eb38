//! Third stage: what the model may not be, wherever one item is enough to tell.

mod multipart;
mod signature;
mod types;
mod verbs;

pub(crate) use multipart::check_form;
pub(crate) use signature::{check_builder, check_head, check_receiver, check_signature, wrong_item};
pub(crate) use types::{
    check_argument_type, check_generics, check_hook_result, check_inputs, check_pattern, check_result, ungrouped,
};
pub(crate) use verbs::{check_verbs, has_taken_name};
