use squall::get;

#[get("/files/{name}.txt")]
async fn file(name: String) -> String {
    name
}

fn main() {}
