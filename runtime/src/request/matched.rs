//! What the router found: the route of a request, and what belongs to it.

use std::sync::Arc;

use crate::request::{BODY_LIMIT, Context, Limits};

/// The route that a request matched, shared by all of its requests.
#[derive(Debug)]
pub(crate) struct Matched {
    /// The full path as declared, such as `/admin/users/{id}`; empty where no route matched.
    pub(crate) path: String,
    /// The name of the handler, such as `User::show`.
    pub(crate) handler: &'static str,
    /// The state it sees.
    pub(crate) context: Arc<Context>,
    /// How many bytes of body it accepts.
    pub(crate) body_limit: usize,
}

impl Matched {
    /// What a request sees that matched no route: the application's own state.
    pub(crate) fn nothing(context: Arc<Context>, limits: &Limits) -> Self {
        let body_limit = limits.body_limit().unwrap_or(BODY_LIMIT);
        Self { path: String::new(), handler: "", context, body_limit }
    }
}
