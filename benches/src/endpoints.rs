//! What is asked for, and what every peer must answer.

use serde::Serialize;

/// One request, and the answer that is the same from every peer.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// What tables and options call it.
    pub name: &'static str,
    /// The request target, with its query.
    pub target: &'static str,
    /// The media type of the answer, without parameters.
    pub media_type: &'static str,
    /// The body of the answer, to the byte.
    pub body: &'static str,
}

/// Everything that is compared, in the order of the tables.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint { name: "plaintext", target: "/plaintext", media_type: "text/plain", body: "Hello, World!" },
    Endpoint { name: "json", target: "/json", media_type: "application/json", body: r#"{"message":"Hello, World!"}"# },
    Endpoint {
        name: "route",
        target: "/users/17/posts/4711?verbose=true",
        media_type: "application/json",
        body: r#"{"id":17,"post_id":4711,"verbose":true}"#,
    },
];

/// How many resources stand beside the measured routes: `/api/v1/res{n}` and `/api/v1/res{n}/{id}/sub` for each
/// `n` below this number, which makes 200 routes.
pub const RESOURCES: usize = 100;

/// What `/json` answers.
#[derive(Debug, Serialize)]
pub struct Greeting {
    /// The greeting itself.
    pub message: &'static str,
}

/// What `/users/{id}/posts/{post_id}` answers: its own inputs.
#[derive(Debug, Serialize)]
pub struct Post {
    /// From the path.
    pub id: u64,
    /// From the path.
    pub post_id: u64,
    /// From the query.
    pub verbose: bool,
}
