//! The programs of the guide (`docs/guide`) compile and run.

#[doc = include_str!("../../docs/guide/bodies.md")]
#[cfg(feature = "multipart")]
mod bodies {}
#[doc = include_str!("../../docs/guide/coming-from-axum.md")]
mod coming_from_axum {}
#[doc = include_str!("../../docs/guide/coming-from-tornado.md")]
mod coming_from_tornado {}
#[doc = include_str!("../../docs/guide/errors.md")]
mod errors {}
#[doc = include_str!("../../docs/guide/handlers.md")]
mod handlers {}
#[doc = include_str!("../../docs/guide/inputs.md")]
mod inputs {}
#[doc = include_str!("../../docs/guide/middleware.md")]
mod middleware {}
#[doc = include_str!("../../docs/guide/responses.md")]
mod responses {}
#[doc = include_str!("../../docs/guide/scopes.md")]
mod scopes {}
#[doc = include_str!("../../docs/guide/state.md")]
mod state {}
#[doc = include_str!("../../docs/guide/testing.md")]
#[cfg(feature = "client")]
mod testing {}
