use squall::get;

#[get("/")]
async fn index(#[cookie("theme;")] theme: String) -> String {
    theme
}

fn main() {}
