//! A field of a handler struct: one value, an optional one, or many.

use crate::extract::list::elements;
use crate::extract::param::{Param, is};
use crate::extract::values::{Detail, Value, Values};

/// How many values the field's type takes; inferred, so that `Option<Uri>` is an optional parsed value.
#[derive(Debug)]
pub struct One;

/// See [`One`].
#[derive(Debug)]
pub struct Optional;

/// See [`One`].
#[derive(Debug)]
pub struct Many;

/// The type of a query, header or cookie field: a [`Param`], `Option` of one, or `Vec` of one.
///
/// It is implemented for these by squall; give your own type [`Param`].
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a query, a header or a cookie",
    label = "not a type for a wire input",
    note = "it takes `T`, `Option<T>` or `Vec<T>` where `T` has `std::str::FromStr` and `std::fmt::Display`",
    note = "derive `squall::Param` for a plain enum; take bodies, state and the like as arguments of the verb"
)]
pub trait Input<M>: Sized {
    /// Whether a request without it is refused, unless there is a default.
    const REQUIRED: bool;

    /// Reads it; `None` when the request does not have it.
    fn read(values: Values<'_>) -> Result<Option<Self>, Detail>;

    /// What a request without it means, where the type can do without.
    fn absent() -> Option<Self>;

    /// Gives each value as text.
    fn write(&self, each: &mut dyn FnMut(&str));

    /// Whether `?x=` gives a value, so that it cannot say that there is none.
    fn empty_is_a_value() -> bool;

    /// Whether a text that was written comes back from a header field as it is: those of a list stand between commas.
    fn fits_a_header(text: &str) -> bool {
        let _ = text;
        true
    }
}

fn parse<T: Param>(value: &Value<'_>) -> Result<T, String> {
    // `?verbose` alone switches a flag on.
    let text = if value.bare && is::<T, bool>() { "true" } else { &value.text };
    T::from_param(text)
}

/// `?x=` says nothing, except to a type for which the empty text is a value.
fn parse_unless_empty<T: Param>(value: &Value<'_>) -> Result<Option<T>, Detail> {
    match parse(value) {
        Ok(parsed) => Ok(Some(parsed)),
        Err(_) if value.text.is_empty() => Ok(None),
        Err(detail) => Err(detail.into()),
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Input<One> for T {
    const REQUIRED: bool = true;

    fn read(values: Values<'_>) -> Result<Option<Self>, Detail> {
        values.one()?.map_or(Ok(None), |value| parse_unless_empty(&value))
    }

    fn absent() -> Option<Self> {
        None
    }

    fn write(&self, each: &mut dyn FnMut(&str)) {
        each(&self.to_param());
    }

    fn empty_is_a_value() -> bool {
        T::from_param("").is_ok()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Input<Optional> for Option<T> {
    const REQUIRED: bool = false;

    fn read(values: Values<'_>) -> Result<Option<Self>, Detail> {
        match values.one()? {
            Some(value) if value.text.is_empty() && !value.bare && !is::<T, String>() => Ok(Some(None)),
            Some(value) => parse_unless_empty(&value).map(Some),
            None => Ok(None),
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn write(&self, each: &mut dyn FnMut(&str)) {
        if let Some(value) = self {
            each(&value.to_param());
        }
    }

    fn empty_is_a_value() -> bool {
        is::<T, String>()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Param> Input<Many> for Vec<T> {
    const REQUIRED: bool = false;

    fn read(values: Values<'_>) -> Result<Option<Self>, Detail> {
        // A header line without elements is an empty list, and no line is none.
        let mut list = values.is_empty_list().then(Self::new);
        for value in values.all() {
            list.get_or_insert_with(Self::new).extend(parse_unless_empty(&value?)?);
        }
        Ok(list)
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn write(&self, each: &mut dyn FnMut(&str)) {
        for value in self {
            each(&value.to_param());
        }
    }

    fn empty_is_a_value() -> bool {
        T::from_param("").is_ok()
    }

    fn fits_a_header(text: &str) -> bool {
        let mut elements = elements(text.as_bytes());
        match elements.next() {
            Some(first) => first == text.as_bytes() && elements.next().is_none(),
            None => text.is_empty() && !Self::empty_is_a_value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: Input<M>, M>(query: &'static str) -> Result<Option<T>, String> {
        T::read(Values::query(Some(query), "x")).map_err(std::borrow::Cow::into_owned)
    }

    #[test]
    fn one_value() {
        assert_eq!(read::<u8, _>("x=7"), Ok(Some(7)));
        assert_eq!(read::<u8, _>(""), Ok(None));
        assert_eq!(read::<u8, _>("x="), Ok(None));
        assert_eq!(read::<String, _>("x="), Ok(Some(String::new())));
        assert_eq!(read::<bool, _>("x"), Ok(Some(true)));
        assert_eq!(read::<bool, _>("x=0"), Ok(Some(false)));
        assert!(read::<u8, _>("x=a").is_err());
        assert!(read::<u8, _>("x=1&x=2").is_err());
    }

    #[test]
    fn an_optional_value_is_none_only_when_absent() {
        assert_eq!(read::<Option<u8>, _>(""), Ok(None));
        assert_eq!(read::<Option<u8>, _>("x="), Ok(Some(None)));
        assert_eq!(read::<Option<bool>, _>("x="), Ok(Some(None)));
        assert_eq!(read::<Option<bool>, _>("x"), Ok(Some(Some(true))));
        assert_eq!(read::<Option<String>, _>("x="), Ok(Some(Some(String::new()))));
        assert!(read::<Option<u8>, _>("x=a").is_err());
    }

    #[test]
    fn the_empty_text_is_a_value_where_reading_gives_one() {
        assert!(<Option<String>>::empty_is_a_value() && <Vec<String>>::empty_is_a_value());
        assert!(!<Option<u8>>::empty_is_a_value() && !<Vec<u8>>::empty_is_a_value());
    }

    #[test]
    fn an_element_of_a_header_comes_back() {
        for (text, want) in [("a", true), ("\"a, b\"", true), ("a, b", false), ("", false), (",", false), ("\"a", true)]
        {
            assert_eq!(<Vec<String>>::fits_a_header(text), want, "{text}");
        }
        assert!(<Vec<u8>>::fits_a_header(""), "says that the list is empty");
        assert!(String::fits_a_header("a, b"));
    }

    #[test]
    fn many_values() {
        assert_eq!(read::<Vec<u8>, _>("x=1&y=3&x=2"), Ok(Some(vec![1, 2])));
        assert_eq!(read::<Vec<u8>, _>(""), Ok(None));
        assert_eq!(read::<Vec<u8>, _>("x="), Ok(Some(vec![])));
        assert!(read::<Vec<u8>, _>("x=1&x=a").is_err());
    }
}
