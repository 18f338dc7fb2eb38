use squall::get;

struct Color;

impl std::str::FromStr for Color {
    type Err = String;

    fn from_str(_: &str) -> Result<Self, String> {
        Ok(Self)
    }
}

#[get("/items")]
async fn items(#[query] color: Color) {
    let _ = color;
}

fn main() {}
