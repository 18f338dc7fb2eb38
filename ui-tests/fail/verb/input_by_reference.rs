use squall::get;

#[get("/hello/{name}")]
async fn hello(name: &str) -> String {
    name.to_owned()
}

fn main() {}
