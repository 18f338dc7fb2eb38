//! Calling handlers by the structs that declare them: what the client over TCP and the one in memory share.

mod answer;
#[cfg(feature = "client")]
mod base;
mod call;
mod cookies;
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
