use squall::get;

#[get("/people")]
async fn people(#[query(pattern = "^[a-z+$")] name: String) -> String {
    name.to_string()
}

fn main() {}
