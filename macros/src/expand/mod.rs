//! Last stage: Rust out of the model. Nothing here can fail.

mod builder;
mod call;
mod claim;
mod enumeration;
mod every;
mod hooks;
mod inputs;
mod multipart;
mod options;
mod problem;
mod response;
mod routes;
mod rules;
mod scope;
mod span;
mod stub;

pub(crate) use builder::{Program, app, program};
pub(crate) use claim::{claim, claims};
pub(crate) use enumeration::{Enumeration, enumeration};
pub(crate) use every::every;
pub(crate) use inputs::{callback, function_struct, inputs};
pub(crate) use multipart::{form, form_stub};
pub(crate) use problem::{problem_conversions, problems};
pub(crate) use response::{response, response_stub};
pub(crate) use routes::routes;
pub(crate) use scope::{scope, scope_impl, scope_stub};
pub(crate) use stub::{handler_stub, inputs_stub};
