//! `Option` and `Result` of any extractor.

use std::convert::Infallible;

use crate::extract::{FromRequest, Needs};
use crate::request::Request;

/// `None` when there is nothing to take; what is there and bad is still refused (see [`FromRequest::is_absent`]).
impl<T: FromRequest> FromRequest for Option<T>
where
    T::Rejection: Send,
{
    type Rejection = T::Rejection;
    const READS_BODY: bool = T::READS_BODY;
    const EXPECTS_BODY: bool = T::EXPECTS_BODY;

    fn needs(needs: &mut Needs) {
        T::needs(needs);
    }

    async fn from_request(request: &mut Request) -> Result<Self, T::Rejection> {
        match request.extract::<T>().await {
            Ok(value) => Ok(Some(value)),
            Err(rejection) if T::is_absent(&rejection) => Ok(None),
            Err(rejection) => Err(rejection),
        }
    }
}

/// Hands the rejection to the handler, which then decides.
impl<T: FromRequest> FromRequest for Result<T, T::Rejection>
where
    T::Rejection: Send,
{
    type Rejection = Infallible;
    const READS_BODY: bool = T::READS_BODY;
    const EXPECTS_BODY: bool = T::EXPECTS_BODY;

    fn needs(needs: &mut Needs) {
        T::needs(needs);
    }

    async fn from_request(request: &mut Request) -> Result<Self, Infallible> {
        Ok(request.extract::<T>().await)
    }
}
