use squall::middleware::Next;
use squall::{Request, scope};

async fn timing(request: Request, next: Next) -> u16 {
    next.run(request).await.status().as_u16()
}

#[scope("/admin", middleware = timing)]
struct Admin;

fn main() {}
