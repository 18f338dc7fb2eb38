//! `#[every("5m")]`: what the application does again and again.

use std::fmt;
use std::time::Duration;

use crate::extract::Needs;
use crate::handler::{Finishing, Package};
use crate::location::Location;
use crate::request::Request;

/// A function that runs again and again while the application does.
#[derive(Clone, Copy)]
pub struct Periodic {
    /// The package it belongs to.
    pub package: Package,
    /// The binary that it was compiled in; none in a library.
    pub bin: Option<&'static str>,
    /// Its name.
    pub name: &'static str,
    /// The place of its attribute.
    pub location: Location,
    /// The time between two runs.
    pub period: Duration,
    /// Runs it; the request is empty, and brings what the function asks for.
    pub call: fn(Request) -> Finishing,
    /// What its arguments need.
    pub needs: fn(&mut Needs),
}

impl fmt::Debug for Periodic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Periodic({} every {:?} at {})", self.name, self.period, self.location)
    }
}

/// What a function with `#[every]` may return: nothing, or a `Result` whose error goes to the log.
#[diagnostic::on_unimplemented(
    message = "a function with `#[every]` cannot return `{Self}`",
    label = "neither nothing nor a `Result<(), E>`",
    note = "return `()`, or `Result<(), E>` where `E` implements `Display`: the error goes to the log"
)]
pub trait Ran: Sized {
    /// Logs what went wrong.
    fn ran(self, name: &'static str);
}

impl Ran for () {
    fn ran(self, _: &'static str) {}
}

impl<E: fmt::Display> Ran for Result<(), E> {
    fn ran(self, name: &'static str) {
        if let Err(error) = self {
            tracing::error!(task = name, error = error.to_string(), "a task of the application failed");
        }
    }
}
