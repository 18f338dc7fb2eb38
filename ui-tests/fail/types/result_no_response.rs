use squall::get;

struct View;

#[get("/")]
async fn index() -> View {
    View
}

fn main() {}
