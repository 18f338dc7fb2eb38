//! Handlers with every fault that only the launch check can find. The recorded report shows the lines of this file.

use squall::{FromRequest, Needs, Request, State, StatusCode, get, handler, post};

pub(crate) struct Shop;
pub(crate) struct Users;

/// Needs the users, which its type does not show.
pub(crate) struct User;

impl FromRequest for User {
    type Rejection = StatusCode;

    fn needs(needs: &mut Needs) {
        needs.state::<Users>();
    }

    async fn from_request(_: &mut Request) -> Result<Self, StatusCode> {
        Ok(Self)
    }
}

#[get("/items/{id}", register = false)]
pub(crate) async fn first(id: u64, _shop: State<Shop>) -> String {
    id.to_string()
}

#[get("/items/{name}", register = false)]
pub(crate) async fn second(name: String, _user: Option<User>) -> String {
    name
}

#[get("/billing/invoices/{number}", register = false)]
pub(crate) async fn invoice(number: u64) -> String {
    number.to_string()
}

#[get("/{user}/settings", register = false)]
pub(crate) async fn settings(user: String) -> String {
    user
}

#[post("/admin/{page}", register = false)]
pub(crate) async fn page(page: String, _user: Result<User, StatusCode>) -> String {
    page
}

#[handler("/search", register = false)]
pub(crate) struct Search {
    #[query(default = 500, range = 1..=100)]
    limit: u32,
    #[query(default = "", length = 1..)]
    sort: String,
}

#[handler]
impl Search {
    #[get]
    async fn run(self) -> String {
        format!("{} {}", self.limit, self.sort)
    }
}
