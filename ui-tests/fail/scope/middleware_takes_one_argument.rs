use squall::{Request, Response, scope};

async fn timing(request: Request) -> Response {
    drop(request);
    Response::new(squall::Body::empty())
}

#[scope("/admin", middleware = timing)]
struct Admin;

fn main() {}
