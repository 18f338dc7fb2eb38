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

/// A scope that lets in who has a word, in the crate that calls it, with the error and the task that go with it.
#[macro_export]
macro_rules! guarded {
    ($(#[$attribute:meta])* $visibility:vis struct $name:ident at $path:literal by $word:literal or $error:ident) => {
        $(#[$attribute])*
        #[$crate::squall::scope($path, crate = $crate::squall, timeout = "5s", on_error = $crate::page)]
        $visibility struct $name {
            #[header]
            x_word: ::std::option::Option<::std::string::String>,
        }

        #[$crate::squall::scope(crate = $crate::squall)]
        impl $name {
            #[prepare]
            async fn guard(&self) -> ::std::result::Result<$crate::Word, $error> {
                match &self.x_word {
                    ::std::option::Option::Some(word) if word == $word => ::std::result::Result::Ok($crate::Word($word)),
                    _ => ::std::result::Result::Err($error::Stranger),
                }
            }

            #[finish]
            async fn over(&self, _outcome: &$crate::squall::Outcome) {}
        }

        /// Why somebody stays outside.
        #[derive(Debug, $crate::squall::Problem)]
        #[problem(crate = $crate::squall)]
        enum $error {
            #[problem(status = 403)]
            Stranger,
        }

        #[$crate::squall::every("12h", crate = $crate::squall)]
        async fn forget() {}
    };
}

/// The word that somebody had.
#[derive(Clone, Debug)]
pub struct Word(pub &'static str);

/// Shows a failure.
pub async fn page(failure: squall::Failure) -> (squall::StatusCode, &'static str) {
    (failure.status(), "page")
}
