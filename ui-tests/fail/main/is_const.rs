use squall::Application;

#[squall::main]
const fn app() -> Application {
    loop {}
}
