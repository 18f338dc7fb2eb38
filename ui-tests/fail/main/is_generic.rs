use squall::Application;

#[squall::main]
async fn app<T: Default>() -> Application {
    let _ = T::default();
    Application::new()
}
