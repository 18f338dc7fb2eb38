//! The macros of squall. Their documentation stands on the re-exports of the `squall` crate.
//!
//! Every macro goes the same way: parse the tokens, build a model, check it, expand it.
//! Faults are collected on that way and reported all at once; the user's item is always given back.

mod check;
mod drive;
mod errors;
mod expand;
mod model;
mod parse;
#[allow(dead_code, reason = "the runtime uses the rest of the shared file")]
mod pattern;
mod suggest;

use proc_macro::TokenStream;

/// Declares a handler struct, or the verbs of one.
#[proc_macro_attribute]
pub fn handler(arguments: TokenStream, item: TokenStream) -> TokenStream {
    drive::handler(arguments.into(), item.into()).into()
}

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident = $method:literal;)*) => {$(
        $(#[$doc])*
        #[proc_macro_attribute]
        pub fn $name(arguments: TokenStream, item: TokenStream) -> TokenStream {
            drive::verb(stringify!($name), Some($method), arguments.into(), item.into()).into()
        }
    )*};
}

verbs! {
    /// Makes a function the handler of GET on a path.
    get = "GET";
    /// Makes a function the handler of POST on a path.
    post = "POST";
    /// Makes a function the handler of PUT on a path.
    put = "PUT";
    /// Makes a function the handler of PATCH on a path.
    patch = "PATCH";
    /// Makes a function the handler of DELETE on a path.
    delete = "DELETE";
    /// Makes a function the handler of HEAD on a path.
    head = "HEAD";
    /// Makes a function the handler of OPTIONS on a path.
    options = "OPTIONS";
}

/// Makes a function the handler of any method on a path.
#[proc_macro_attribute]
pub fn method(arguments: TokenStream, item: TokenStream) -> TokenStream {
    drive::verb("method", None, arguments.into(), item.into()).into()
}

/// Turns the function that builds the application into a program.
#[proc_macro_attribute]
pub fn main(arguments: TokenStream, item: TokenStream) -> TokenStream {
    drive::main(arguments.into(), item.into()).into()
}

/// Ties the function that builds the application to its package.
#[proc_macro_attribute]
pub fn app(arguments: TokenStream, item: TokenStream) -> TokenStream {
    drive::app(arguments.into(), item.into()).into()
}

/// Declares a scope: what the handlers under a prefix share.
#[proc_macro_attribute]
pub fn scope(arguments: TokenStream, item: TokenStream) -> TokenStream {
    drive::scope(arguments.into(), item.into()).into()
}

/// Makes a function run again and again while the application does.
#[proc_macro_attribute]
pub fn every(arguments: TokenStream, item: TokenStream) -> TokenStream {
    drive::every(arguments.into(), item.into()).into()
}

/// Makes a plain enum a value of paths, queries, headers and cookies.
#[proc_macro_derive(Param, attributes(param))]
pub fn param(item: TokenStream) -> TokenStream {
    drive::param(item.into()).into()
}

/// Makes a struct an argument that is read from a form with parts.
#[proc_macro_derive(FromMultipart, attributes(part, multipart))]
pub fn from_multipart(item: TokenStream) -> TokenStream {
    drive::from_multipart(item.into()).into()
}

/// Makes an enum or a struct of errors a response: a problem document for each.
#[proc_macro_derive(Problem, attributes(problem))]
pub fn problem(item: TokenStream) -> TokenStream {
    drive::problem(item.into()).into()
}

/// Makes an enum or a struct of results a response.
#[proc_macro_derive(IntoResponse, attributes(response))]
pub fn into_response(item: TokenStream) -> TokenStream {
    drive::into_response(item.into()).into()
}

/// Claims methods of a path, so that a second handler for one of them is a compile error. Called by generated code.
#[doc(hidden)]
#[proc_macro]
pub fn __claim(input: TokenStream) -> TokenStream {
    expand::claim(input.into()).into()
}

/// Stands where the struct of an impl has no `#[handler]`. Called by generated code.
#[doc(hidden)]
#[proc_macro]
pub fn __no_struct(input: TokenStream) -> TokenStream {
    drive::no_struct(input.into()).into()
}
