//! A package that hands squall on, and offers macros that make handlers.

pub use squall;

/// A handler that tells whether the program is well, in the crate that calls it.
#[macro_export]
macro_rules! health {
    ($path:literal) => {
        #[$crate::squall::get($path, crate = $crate::squall)]
        async fn health() -> &'static str {
            "well"
        }
    };
}

/// A handler struct with a GET that gives its parameter back.
#[macro_export]
macro_rules! echo {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident at $path:literal { $field:ident: $ty:ty }) => {
        $(#[$attribute])*
        #[$crate::squall::handler($path, crate = $crate::squall)]
        $visibility struct $name {
            $field: $ty,
        }

        #[$crate::squall::handler(crate = $crate::squall)]
        impl $name {
            #[get]
            async fn echo(&self) -> $crate::squall::Json<$ty> {
                $crate::squall::Json(self.$field.clone())
            }
        }
    };
}
