#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings)]
#![allow(dead_code)]

mod core {}
mod std {}
mod squall {}
mod http {}

macro_rules! errors {
    ($name:ident: $variant:ident($field:ty) = $status:literal, $detail:literal) => {
        #[derive(::squall::Problem)]
        enum $name {
            #[problem(status = $status, detail = $detail)]
            $variant(#[problem(member = "value")] $field),
            Other(#[problem(source)] $field),
        }
    };
}

errors!(ShopError: NoSuchItem(u64) = 404, "no item {0}");

/// Names that generated code uses for itself, or might.
#[derive(::squall::Problem)]
#[problem(status = 409, detail = "{value} {problem} {format}")]
struct Names {
    value: u8,
    #[problem(member)]
    problem: u8,
    #[problem(header = "x-told")]
    told: ::std::option::Option<u8>,
    #[problem(source)]
    format: ::std::string::String,
}

#[derive(::squall::IntoResponse)]
enum Saved {
    #[response(status = 201)]
    Created(#[response(header = "location")] ::std::string::String, ::squall::Json<u8>),
    #[response(status = 204)]
    Unchanged,
    Some { body: &'static str },
}

#[derive(::squall::IntoResponse)]
#[response(status = 206)]
struct Page<'a, T: ::std::clone::Clone, const N: usize>(#[response(header = "x-note")] &'a str, ::squall::Json<[T; N]>)
where
    [T; N]: ::std::clone::Clone;

fn main() {
    use ::squall::IntoResponse;
    use ::std::string::ToString;

    ::std::assert_eq!(ShopError::NoSuchItem(1).into_response().status(), 404);
    ::std::assert_eq!(ShopError::Other(1).into_response().status(), 500);
    let names = Names { value: 1, problem: 2, told: ::std::option::Option::None, format: "x".to_string() };
    ::std::assert_eq!(names.into_response().status(), 409);
    ::std::assert_eq!(Saved::Created("/".to_string(), ::squall::Json(1)).into_response().status(), 201);
}
