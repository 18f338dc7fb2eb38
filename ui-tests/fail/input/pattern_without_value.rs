use squall::get;

#[get("/people")]
async fn people(#[query(pattern)] name: String) -> String {
    name.to_string()
}

fn main() {}
