use squall::get;

#[get("/people")]
async fn people(#[query(pattern = "^[0-9]+$")] name: u32) -> String {
    name.to_string()
}

fn main() {}
