use squall::Application;

#[squall::main]
async fn main() -> Application {
    std::process::exit(0);
}
