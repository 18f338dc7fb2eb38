//! A library whose handlers its program compiles once more.

mod handlers;

/// Makes a value of the library's own type, so that the compiler sees it used.
pub fn currency() -> &'static str {
    handlers::Currency("EUR").0
}
