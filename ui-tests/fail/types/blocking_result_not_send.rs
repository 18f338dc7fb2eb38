use squall::{IntoResponse, Response, get};

struct Page(std::rc::Rc<str>);

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        self.0.to_string().into_response()
    }
}

#[get("/", blocking)]
fn index() -> Page {
    Page("slow".into())
}

fn main() {}
