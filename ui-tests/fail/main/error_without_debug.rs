use squall::Application;

struct Unlucky;

#[squall::main]
async fn app() -> Result<Application, Unlucky> {
    Err(Unlucky)
}
