//! The number by which a request is known in its answer and in the log.

use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};

/// The number of one request: in the answer to it when something went wrong (`x-request-id`), and in the log.
///
/// Written as sixteen hexadecimal digits. It is different for every request of a process, and begins elsewhere in every
/// process; it is no secret, so nothing should depend on its not being guessed.
///
/// ```
/// use squall::RequestId;
/// let id = RequestId::next();
/// assert_ne!(id, RequestId::next());
/// assert_eq!(id.to_string().len(), 16);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RequestId(u64);

thread_local! {
    /// Each thread counts from a place of its own, so that threads need not wait for each other.
    static COUNTER: Cell<u64> = Cell::new(RandomState::new().hash_one(std::thread::current().id()));
}

impl RequestId {
    /// A number that was not given before. Requests have theirs; this is for work that no request began.
    pub fn next() -> Self {
        // An odd step visits every number before one comes again, and so does what is made of it.
        let count = COUNTER.get().wrapping_add(0x9E37_79B9_7F4A_7C15);
        COUNTER.set(count);
        Self(mixed(count))
    }
}

/// Spreads neighbours over all numbers; no two become the same.
fn mixed(count: u64) -> u64 {
    let count = (count ^ (count >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    let count = (count ^ (count >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    count ^ (count >> 32)
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_are_the_same_whatever_thread_gives_them() {
        let give = || (0..10_000).map(|_| RequestId::next()).collect::<Vec<_>>();
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(give)).collect();
        let given = threads.into_iter().flat_map(|thread| thread.join().expect("no panic"));
        assert_eq!(given.collect::<HashSet<_>>().len(), 40_000);
    }

    #[test]
    fn is_sixteen_digits_in_lower_case() {
        assert_eq!(RequestId(0xA).to_string(), "000000000000000a");
        assert_eq!(RequestId(u64::MAX).to_string(), "ffffffffffffffff");
    }
}
