//! A program as most are.

use squall::{Application, FromRequest, Request, StatusCode, get, post};

/// Says that the handler has begun.
struct Begun;

impl FromRequest for Begun {
    type Rejection = StatusCode;

    async fn from_request(_: &mut Request) -> Result<Self, StatusCode> {
        eprintln!("the handler has begun");
        Ok(Self)
    }
}

#[get("/")]
async fn index() -> &'static str {
    "Hello"
}

/// Begins, and ends when the body has come.
#[post("/echo")]
async fn echo(_begun: Begun, body: String) -> String {
    body
}

#[squall::main]
async fn app() -> Application {
    Application::new()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_launch_check_is_among_the_tests() {
        super::squall_launch_check();
    }
}
