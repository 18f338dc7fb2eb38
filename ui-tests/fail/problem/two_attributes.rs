use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    #[problem(title = "no such item")]
    NoSuchItem,
}

fn main() {}
