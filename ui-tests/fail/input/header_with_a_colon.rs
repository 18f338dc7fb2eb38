use squall::get;

#[get("/")]
async fn index(#[header("x-trace:")] trace: String) -> String {
    trace
}

fn main() {}
