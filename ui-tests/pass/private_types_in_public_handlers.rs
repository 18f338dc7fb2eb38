use squall::{FromRequest, IntoResponse, Request, Response, StatusCode};

struct User;

impl FromRequest for User {
    type Rejection = StatusCode;

    async fn from_request(_: &mut Request) -> Result<Self, StatusCode> {
        Err(StatusCode::UNAUTHORIZED)
    }
}

struct Page;

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        "page".into_response()
    }
}

#[derive(squall::Param)]
enum Order {
    Newest,
}

#[squall::handler("/items")]
pub struct Items {
    #[query]
    order: Option<Order>,
}

#[squall::handler]
impl Items {
    #[get]
    async fn list(&self, _user: User) -> Page {
        Page
    }
}

#[squall::get("/")]
#[allow(private_interfaces)]
pub async fn index(_user: Option<User>, #[query] order: Order) -> Page {
    let Order::Newest = order;
    Page
}

fn main() {
    assert_eq!(Items { order: Some(Order::Newest) }.url(), "/items?order=newest");
}
