//! One value as text: how it is read from a request and written into a link.

use std::any::TypeId;
use std::fmt::Display;
use std::str::FromStr;

/// A type that can stand in a path, a query, a header or a cookie.
///
/// Every type with `FromStr` and `Display` is one. A plain enum becomes one by `#[derive(Param)]`.
/// `bool` reads `true`, `false`, `1` and `0`.
///
/// ```
/// use squall::Param;
/// assert_eq!(u16::from_param("8888").expect("a number").to_param(), "8888");
/// assert_eq!(u8::from_param("300").unwrap_err(), "must be a whole number from 0 to 255");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from text and written as text",
    label = "not a type for a path, query, header or cookie",
    note = "give `{Self}` both `std::str::FromStr` and `std::fmt::Display`, or `#[derive(squall::Param)]` where it is a plain enum",
    note = "a path parameter is always there and is one value: it is no `Option` and no `Vec`"
)]
pub trait Param: Sized + 'static {
    /// Reads it; the error says what was expected, for the person who sent it ("must be ..").
    fn from_param(text: &str) -> Result<Self, String>;

    /// Writes it so that [`Param::from_param`] gives it back.
    fn to_param(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T> Param for T
where
    T: FromStr + Display + 'static,
    T::Err: Display,
{
    fn from_param(text: &str) -> Result<Self, String> {
        let text = match text {
            "1" if is::<T, bool>() => "true",
            "0" if is::<T, bool>() => "false",
            text => text,
        };
        text.parse().map_err(|error| expectation::<T>().unwrap_or_else(|| format!("cannot be read: {error}")))
    }

    fn to_param(&self) -> String {
        self.to_string()
    }
}

/// Whether `T` is `U`: the standard types have rules of their own, and traits cannot be specialised.
pub(crate) fn is<T: 'static, U: 'static>() -> bool {
    TypeId::of::<T>() == TypeId::of::<U>()
}

/// What a person must send for a standard type, better said than by its `FromStr` error.
fn expectation<T: 'static>() -> Option<String> {
    macro_rules! whole_numbers {
        ($($type:ty)*) => {$(
            if is::<T, $type>() {
                return Some(format!("must be a whole number from {} to {}", <$type>::MIN, <$type>::MAX));
            }
        )*};
    }
    whole_numbers!(u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize);
    if is::<T, f64>() || is::<T, f32>() {
        return Some("must be a number".to_owned());
    }
    if is::<T, bool>() {
        return Some("must be true or false".to_owned());
    }
    is::<T, char>().then(|| "must be one character".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bool_reads_digits() {
        assert_eq!(bool::from_param("1"), Ok(true));
        assert_eq!(bool::from_param("0"), Ok(false));
        assert_eq!(bool::from_param("yes"), Err("must be true or false".to_owned()));
        assert_eq!(u8::from_param("1"), Ok(1));
    }

    #[test]
    fn says_what_is_expected() {
        assert_eq!(i8::from_param("x"), Err("must be a whole number from -128 to 127".to_owned()));
        assert_eq!(f64::from_param("x"), Err("must be a number".to_owned()));
        assert_eq!(char::from_param("ab"), Err("must be one character".to_owned()));
        assert!(std::net::IpAddr::from_param("x").expect_err("no address").starts_with("cannot be read: "));
    }
}
