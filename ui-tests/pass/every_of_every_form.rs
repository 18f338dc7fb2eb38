#![deny(warnings)]

use squall::{Background, State, every};

type Done = Result<(), std::io::Error>;

#[every("100ms")]
async fn milliseconds() {}

#[every("5 s")]
fn seconds() {}

#[squall::every("1m")]
pub(crate) async fn minutes(_: Background) -> Done {
    Ok(())
}

#[every("365d", crate = ::squall)]
#[allow(clippy::unused_async)]
pub async fn days(mut numbers: State<Vec<u8>>, #[cfg(any())] gone: Gone) -> Result<(), Box<dyn std::error::Error>> {
    numbers = numbers.clone();
    Err(format!("{numbers:?}"))?
}

/// Documented, with conditions above and below.
#[cfg(all())]
#[every("12h")]
#[cfg(all())]
/// Below, too.
#[must_use]
fn conditional() -> Result<(), String> {
    Ok(())
}

#[every("12h")]
#[cfg(any())]
async fn gone(gone: Gone) -> Gone {}

/// A handler as well.
#[every("1h")]
#[squall::post("/clean")]
async fn clean() {}

mod inner {
    #[super::every("1h")]
    pub(super) async fn clean() {}
}

fn main() {
    #[every("1h")]
    async fn local() {}

    let _ = (milliseconds, seconds, minutes, days, conditional, clean, inner::clean, local);
}
