//! The rules that `range = ..`, `length = ..` and `pattern = ..` put on an input.

use std::fmt::Display;
use std::ops::{Bound, RangeBounds};

use regex_lite::Regex;

use crate::extract::{Many, One, Optional};

/// A type that `range = ..` applies to: the numbers of the language.
pub trait Number: PartialOrd + Display {}

macro_rules! numbers {
    ($($type:ty)*) => {$( impl Number for $type {} )*};
}

numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64);

/// A type that `length = ..` counts the characters of, and `pattern = ..` looks at.
pub trait Text {
    /// The text.
    fn text(&self) -> &str;

    /// The number of characters.
    fn characters(&self) -> usize {
        self.text().chars().count()
    }
}

impl Text for String {
    fn text(&self) -> &str {
        self
    }
}

/// A pattern that was compiled. It is searched in time linear in the text.
#[derive(Debug)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles it.
    ///
    /// # Panics
    /// When it is none; the macro has compiled it before.
    pub fn new(pattern: &str) -> Self {
        Self(Regex::new(pattern).expect("the macro has compiled this pattern"))
    }
}

/// An input whose text must match a pattern.
#[diagnostic::on_unimplemented(
    message = "`pattern` does not apply to `{Self}`",
    label = "no text",
    note = "`pattern` takes `String`, `Option<String>` and `Vec<String>`; for numbers write `range = 1..=100`"
)]
pub trait Matched<M> {
    /// What is wrong, if a text does not match.
    fn mismatch(&self, pattern: &Pattern) -> Option<String>;
}

#[diagnostic::do_not_recommend]
impl<T: Text> Matched<One> for T {
    fn mismatch(&self, pattern: &Pattern) -> Option<String> {
        (!pattern.0.is_match(self.text())).then(|| format!("must match `{}`", pattern.0))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Text> Matched<Optional> for Option<T> {
    fn mismatch(&self, pattern: &Pattern) -> Option<String> {
        self.as_ref()?.mismatch(pattern)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Text> Matched<Many> for Vec<T> {
    fn mismatch(&self, pattern: &Pattern) -> Option<String> {
        self.iter().find_map(|text| text.mismatch(pattern))
    }
}

/// An input whose numbers must lie in a range.
#[diagnostic::on_unimplemented(
    message = "`range` does not apply to `{Self}`",
    label = "no number that this range can hold",
    note = "`range` takes numbers, alone or in `Option` and `Vec`, and bounds of the same type",
    note = "for text and lists write `length = 1..=20`"
)]
pub trait Ranged<M, R> {
    /// What is wrong, if a number lies outside.
    fn outside(&self, range: &R) -> Option<String>;
}

/// An input whose text or list must have a length within bounds.
#[diagnostic::on_unimplemented(
    message = "`length` does not apply to `{Self}`",
    label = "neither text nor a list",
    note = "`length` takes `String`, `Option<String>` and `Vec<T>`; for numbers write `range = 1..=100`"
)]
pub trait Measured<M> {
    /// What is counted, and how many there are; `None` where there is nothing to measure.
    fn measure(&self) -> Option<(&'static str, usize)>;
}

#[diagnostic::do_not_recommend]
impl<T: Number, R: RangeBounds<T>> Ranged<One, R> for T {
    fn outside(&self, range: &R) -> Option<String> {
        (!range.contains(self)).then(|| bounds(range, ""))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Number, R: RangeBounds<T>> Ranged<Optional, R> for Option<T> {
    fn outside(&self, range: &R) -> Option<String> {
        self.as_ref()?.outside(range)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Number, R: RangeBounds<T>> Ranged<Many, R> for Vec<T> {
    fn outside(&self, range: &R) -> Option<String> {
        self.iter().find_map(|number| number.outside(range))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Text> Measured<One> for T {
    fn measure(&self) -> Option<(&'static str, usize)> {
        Some((" characters", self.characters()))
    }
}

#[diagnostic::do_not_recommend]
impl<T: Text> Measured<Optional> for Option<T> {
    fn measure(&self) -> Option<(&'static str, usize)> {
        self.as_ref()?.measure()
    }
}

#[diagnostic::do_not_recommend]
impl<T> Measured<Many> for Vec<T> {
    fn measure(&self) -> Option<(&'static str, usize)> {
        Some((" values", self.len()))
    }
}

/// What is wrong with a length, if anything.
pub(crate) fn wrong_length(measure: Option<(&'static str, usize)>, range: &impl RangeBounds<usize>) -> Option<String> {
    let (what, length) = measure?;
    (!range.contains(&length)).then(|| bounds(range, what))
}

/// A range in words; `what` is what a length counts, in the plural.
fn bounds<T: Display>(range: &impl RangeBounds<T>, what: &str) -> String {
    let have = if what.is_empty() { "be" } else { "have" };
    let last = |bound: &T| {
        let bound = bound.to_string();
        let what = if bound == "1" { what.trim_end_matches('s') } else { what };
        format!("{bound}{what}")
    };
    match (range.start_bound(), range.end_bound()) {
        (Bound::Included(low), Bound::Included(high)) => format!("must {have} between {low} and {}", last(high)),
        (Bound::Included(low), Bound::Excluded(high)) => {
            format!("must {have} at least {low} and less than {}", last(high))
        }
        (Bound::Included(low), Bound::Unbounded) => format!("must {have} at least {}", last(low)),
        (Bound::Unbounded, Bound::Included(high)) => format!("must {have} at most {}", last(high)),
        (Bound::Unbounded, Bound::Excluded(high)) => format!("must {have} less than {}", last(high)),
        // A range that begins after a value has no literal.
        (Bound::Excluded(low), _) => format!("must {have} more than {}", last(low)),
        (Bound::Unbounded, Bound::Unbounded) => format!("must {have} any number of{what}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold_for_each_number() {
        assert_eq!(5.outside(&(1..=10)), None);
        assert_eq!(11.outside(&(1..=10)).as_deref(), Some("must be between 1 and 10"));
        assert_eq!(10.outside(&(1..10)).as_deref(), Some("must be at least 1 and less than 10"));
        assert_eq!(Some(0).outside(&(1..)).as_deref(), Some("must be at least 1"));
        assert_eq!(None::<u8>.outside(&(1..)), None);
        assert_eq!(vec![1.0, 3.0].outside(&(..=2.0)).as_deref(), Some("must be at most 2"));
        assert!(f64::NAN.outside(&(0.0..=1.0)).is_some());
    }

    #[test]
    fn patterns_hold_for_each_text() {
        let pattern = Pattern::new("^[a-z]+$");
        assert_eq!("abc".to_owned().mismatch(&pattern), None);
        assert_eq!("abc1".to_owned().mismatch(&pattern).as_deref(), Some("must match `^[a-z]+$`"));
        assert!("abc\n".to_owned().mismatch(&pattern).is_some());
        assert_eq!(None::<String>.mismatch(&pattern), None);
        assert!(vec!["a".to_owned(), "B".to_owned()].mismatch(&pattern).is_some());
    }

    #[test]
    fn lengths_count_characters_or_values() {
        assert_eq!(wrong_length("äöü".to_owned().measure(), &(1..=3)), None);
        let wrong = wrong_length(String::new().measure(), &(1..));
        assert_eq!(wrong.as_deref(), Some("must have at least 1 character"));
        let wrong = wrong_length(vec![1, 2].measure(), &(..2));
        assert_eq!(wrong.as_deref(), Some("must have less than 2 values"));
        assert_eq!(wrong_length(None::<String>.measure(), &(1..)), None);
    }
}
