use squall::handler;

#[handler("/users/{name}")]
struct User<'a> {
    name: &'a str,
}

#[handler]
impl<'a> User<'a> {
    #[get]
    async fn show(&self) -> String {
        self.name.to_owned()
    }
}

fn main() {}
