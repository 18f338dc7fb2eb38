use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(title = "no such item")]
    NoSuchItem,
}

fn main() {}
