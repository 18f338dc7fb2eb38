//! Collecting inputs and arguments: all faults in one answer, in the order the contract states.

use http::StatusCode;

use crate::response::{Faults, IntoResponse, Response};

/// What has been taken from one request so far, and what was wrong with it.
#[derive(Debug, Default)]
pub struct Gather {
    faults: Faults,
    refusal: Option<Response>,
    /// The first rejection with faults, which is the answer where no others were found.
    only: Option<Response>,
}

impl Gather {
    /// Nothing taken yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Where the inputs put their faults.
    pub fn faults(&mut self) -> &mut Faults {
        &mut self.faults
    }

    /// Keeps an argument, or what its rejection says: faults are added to the others, 401 and 403 end it at once,
    /// anything else ends it when no input has a fault.
    pub fn keep<T, E: IntoResponse>(&mut self, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(rejection) => {
                self.reject(rejection.into_response());
                None
            }
        }
    }

    #[cold]
    fn reject(&mut self, response: Response) {
        let forbidden = matches!(response.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN);
        if !forbidden && let Some(faults) = response.extensions().get::<Faults>().cloned() {
            if self.faults.is_empty() {
                self.only = Some(response);
            }
            self.faults.append(faults);
        } else if forbidden || self.faults.is_empty() {
            self.refusal = Some(response);
        }
    }

    /// Whether the answer is settled and nothing more should be read.
    pub fn refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// The answer to a request that could not be taken.
    #[cold]
    pub fn refuse(self) -> Response {
        // As it was rejected, so that the rejection itself is still known.
        let only = self.only.filter(|only| only.extensions().get::<Faults>() == Some(&self.faults));
        self.refusal.or(only).unwrap_or_else(|| self.faults.into_response())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::response::Place;

    fn fault(name: &'static str) -> Faults {
        let mut faults = Faults::default();
        faults.broken(Place::Query, name, "is wrong");
        faults
    }

    #[test]
    fn faults_of_all_arguments_are_told_together() {
        let mut gather = Gather::new();
        gather.faults().append(fault("a"));
        assert_eq!(gather.keep(Err::<(), _>(fault("b"))), None);
        assert_eq!(gather.keep(Err::<(), _>(StatusCode::CONFLICT)), None);
        assert!(!gather.refused());
        let response = gather.refuse();
        assert_eq!(response.status(), 422);
        assert_eq!(response.extensions().get::<Faults>().map(|faults| faults.iter().count()), Some(2));
    }

    #[test]
    fn forbidden_wins_over_faults() {
        let mut gather = Gather::new();
        gather.faults().append(fault("a"));
        gather.keep(Err::<(), _>(StatusCode::UNAUTHORIZED));
        assert!(gather.refused());
        assert_eq!(gather.refuse().status(), 401);
    }

    #[test]
    fn without_faults_the_first_rejection_is_the_answer() {
        let mut gather = Gather::new();
        gather.keep(Err::<(), _>(StatusCode::CONFLICT));
        assert!(gather.refused());
        assert_eq!(gather.refuse().status(), 409);
    }

    #[test]
    fn a_rejection_alone_is_the_answer_and_among_others_its_faults_are() {
        use crate::response::{Raised, faulty};

        let rejected = |gather: &mut Gather| gather.keep(Err::<(), _>(faulty('a', fault("a"))));
        let kept = |gather: Gather| {
            let response = gather.refuse();
            let raised = response.extensions().get::<Raised>().expect("a failure");
            (
                raised.problem().faults().map_or(0, |faults| faults.iter().count()),
                raised.downcast_ref::<char>().copied(),
            )
        };
        let mut alone = Gather::new();
        rejected(&mut alone);
        assert_eq!(kept(alone), (1, Some('a')));
        let (mut before, mut after, mut twice) = (Gather::new(), Gather::new(), Gather::new());
        before.faults().append(fault("b"));
        rejected(&mut before);
        assert_eq!(kept(before), (2, None));
        rejected(&mut after);
        after.faults().append(fault("b"));
        assert_eq!(kept(after), (2, None));
        rejected(&mut twice);
        rejected(&mut twice);
        assert_eq!(kept(twice), (2, None));
    }
}
