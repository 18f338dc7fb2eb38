use squall::get;

#[get("/people")]
async fn people(#[query(pattern = 7)] name: String) -> String {
    name.to_string()
}

fn main() {}
