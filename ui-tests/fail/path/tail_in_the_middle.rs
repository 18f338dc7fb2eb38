use squall::get;

#[get("/files/{*path}/edit")]
async fn edit(path: String) -> String {
    path
}

fn main() {}
