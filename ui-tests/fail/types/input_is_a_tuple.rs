use squall::get;

#[get("/map")]
async fn map(#[query] place: (f64, f64)) -> String {
    format!("{place:?}")
}

fn main() {}
