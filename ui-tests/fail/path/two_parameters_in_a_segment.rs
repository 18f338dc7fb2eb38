use squall::get;

#[get("/files/{name}{ending}")]
async fn file(name: String, ending: String) -> String {
    name + &ending
}

fn main() {}
