#[squall::main]
async fn app() -> u8 {
    8
}
