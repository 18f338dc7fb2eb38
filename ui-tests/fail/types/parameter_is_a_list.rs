use squall::get;

#[get("/files/{*path}")]
async fn file(path: Vec<String>) -> String {
    path.concat()
}

fn main() {}
