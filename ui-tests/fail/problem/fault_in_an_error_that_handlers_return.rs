use squall::{Problem, get};

#[derive(Problem)]
enum ShopError {
    #[problem(status = 42)]
    NoSuchItem,
    Number(#[problem(from)] std::num::ParseIntError),
}

#[get("/items/{name}")]
async fn item(name: String) -> Result<String, ShopError> {
    let number: u8 = name.parse()?;
    if number == 0 { Err(ShopError::NoSuchItem) } else { Ok(name) }
}

fn main() {}
