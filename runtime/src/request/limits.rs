//! How much a handler accepts, and for how long it may run.

use std::time::Duration;

/// Limits of an application, a scope or a handler; the nearest one that says something counts.
///
/// ```
/// use squall::{ByteUnits as _, Limits};
///
/// let limits = Limits::default().body(20.mib());
/// assert_eq!(limits.body_limit(), Some(20 * 1024 * 1024));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    body: Option<usize>,
    timeout: Option<Duration>,
}

impl Limits {
    /// How many bytes of body a handler accepts: 413 beyond it. 2 MiB where nobody says anything.
    pub const fn body(mut self, bytes: usize) -> Self {
        self.body = Some(bytes);
        self
    }

    /// How long a handler may take until it gives its answer: 503 after that, and its future is dropped. The body of the
    /// answer is not counted. No limit where nobody says anything.
    pub const fn timeout(mut self, time: Duration) -> Self {
        self.timeout = Some(time);
        self
    }

    /// The limit of the body in bytes, where one is set.
    pub const fn body_limit(&self) -> Option<usize> {
        self.body
    }

    /// The time a handler has, where it is limited.
    pub const fn time_limit(&self) -> Option<Duration> {
        self.timeout
    }

    /// These limits, and where they say nothing those of `outer`.
    pub(crate) fn within(self, outer: Self) -> Self {
        Self { body: self.body.or(outer.body), timeout: self.timeout.or(outer.timeout) }
    }
}

/// Sizes in bytes as people say them: `64.kib()`, `2.mib()`, `1.gib()`. What does not fit is the largest size there is.
///
/// ```
/// use squall::ByteUnits as _;
/// assert_eq!(2.mib(), 2 * 1024 * 1024);
/// ```
pub trait ByteUnits {
    /// 1,024 bytes each.
    fn kib(self) -> usize;
    /// 1,048,576 bytes each.
    fn mib(self) -> usize;
    /// 1,073,741,824 bytes each.
    fn gib(self) -> usize;
}

impl ByteUnits for usize {
    fn kib(self) -> usize {
        self.saturating_mul(1 << 10)
    }

    fn mib(self) -> usize {
        self.saturating_mul(1 << 20)
    }

    fn gib(self) -> usize {
        self.saturating_mul(1 << 30)
    }
}
