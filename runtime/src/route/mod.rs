//! Finding the handler of a path.

pub(crate) mod pattern;
mod router;

pub(crate) use router::Router;
