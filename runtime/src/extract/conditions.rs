//! What a request demands of the version it gets, as an argument.

use std::convert::Infallible;

use crate::extract::FromRequest;
use crate::request::Request;
use crate::response::Conditions;

impl FromRequest for Conditions {
    type Rejection = Infallible;

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        Ok(Self::of(request.method(), request.headers()))
    }
}
