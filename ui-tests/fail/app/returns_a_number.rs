#[squall::app]
pub async fn app() -> u8 {
    8
}

fn main() {}
