//! Calling handlers by the structs that declare them: what the client over TCP and the one in memory share.
//!
//! [`TestClient`](crate::testing::TestClient) calls an application in memory; `Client`, with the feature `client`, calls
//! a server over TCP. Both begin a [`Call`] and end with an [`Answer`] that knows the type of the verb's result.

mod answer;
#[cfg(feature = "client")]
mod base;
mod call;
mod cookies;
#[cfg(feature = "client")]
mod exchange;
mod redirect;
mod reference;
mod target;
#[cfg(feature = "client")]
mod tcp;

pub use answer::{Answer, AnswersJson};
pub use call::Call;
pub(crate) use call::{Sending, Transport};
pub(crate) use cookies::Cookies;
pub(crate) use target::Aim;
pub use target::{IntoCall, IntoRequest, Target};
#[cfg(feature = "client")]
pub use tcp::Client;
