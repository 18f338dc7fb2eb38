//! Errors that tell a client what it may know: `cargo run --example errors`, then `curl localhost:8888/accounts/7`.

use squall::{Application, Failure, Html, IntoResponse as _, Problem, Response, handler};

#[derive(Debug, Problem)]
enum BankError {
    #[problem(status = 404, detail = "there is no account {number}")]
    NoAccount {
        number: u32,
    },

    #[problem(status = 409, title = "Not enough money", detail = "{amount} is more than there is")]
    NotEnough {
        amount: u32,
        #[problem(member)]
        balance: u32,
    },

    // Not declared, so not told: the answer is a bare 500, and the log says why.
    BadBooks(#[problem(from)] std::num::ParseIntError),
}

#[handler("/accounts/{number}")]
struct Account {
    number: u32,
    #[query(default = 0, range = ..=1000)]
    minus: u32,
}

#[handler]
impl Account {
    fn balance(&self) -> Result<u32, BankError> {
        let books = [(1, "100"), (2, "2O")]; // the second was written by hand
        let line = books.iter().find(|(number, _)| *number == self.number);
        Ok(line.ok_or(BankError::NoAccount { number: self.number })?.1.parse()?)
    }

    #[get]
    async fn left(&self) -> Result<String, BankError> {
        let (balance, amount) = (self.balance()?, self.minus);
        let left = balance.checked_sub(amount).ok_or(BankError::NotEnough { amount, balance })?;
        Ok(left.to_string())
    }
}

/// Every failure comes by here: errors, inputs that cannot be read, panics, paths that nobody serves.
async fn page(failure: Failure) -> Response {
    if !failure.prefers_html() {
        return failure.into_response(); // a problem document for programs, a few lines for a terminal
    }
    let (status, title, id) = (failure.status(), failure.problem().title_text(), failure.request_id());
    (status, Html(format!("<h1>{title}</h1><p>If you ask us about it, say {id}.</p>"))).into_response()
}

#[squall::main]
async fn app() -> Application {
    Application::new().on_error(page)
}
