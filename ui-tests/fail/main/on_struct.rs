#[squall::main]
struct App;
