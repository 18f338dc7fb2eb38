//! What the application owns and handlers share.

use std::any::type_name;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use http::StatusCode;

use crate::extract::{FromRequest, Needs};
use crate::request::Request;
use crate::response::{IntoResponse, Problem, Raised, Response};

/// A value given to `Application::state`, shared by all handlers.
///
/// It holds an `Arc`: cloning it is cheap and asks nothing of `T`. For unit tests it is made with `State::from(value)`.
/// A handler whose state nobody provides is found by the launch check, not by a request.
///
/// ```
/// use squall::State;
///
/// struct Shop { name: String }
/// let shop = State::from(Shop { name: "Corner".into() });
/// assert_eq!(shop.clone().name, "Corner");
/// ```
pub struct State<T>(Arc<T>);

impl<T> State<T> {
    /// State that is shared with other code already.
    pub fn from_arc(value: Arc<T>) -> Self {
        Self(value)
    }

    /// The shared pointer inside.
    pub fn into_arc(self) -> Arc<T> {
        self.0
    }
}

impl<T> From<T> for State<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(value))
    }
}

impl<T> Clone for State<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for State<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for State<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("State").field(&self.0).finish()
    }
}

/// Nobody provided the state. The launch check finds this first, unless an extractor hides its needs.
#[derive(Debug)]
pub struct MissingState(&'static str);

impl IntoResponse for MissingState {
    fn into_response(self) -> Response {
        let cause = format!("no state of type `{}` was given to the application", self.0);
        let problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR).caused_by(cause);
        Raised::new(problem).with_value(self).into_response()
    }
}

impl<T: Send + Sync + 'static> FromRequest for State<T> {
    type Rejection = MissingState;

    fn needs(needs: &mut Needs) {
        needs.state::<T>();
    }

    async fn from_request(request: &mut Request) -> Result<Self, MissingState> {
        request.state().map(Self).ok_or(MissingState(type_name::<T>()))
    }
}
