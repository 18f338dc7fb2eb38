use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem("no such item")]
    NoSuchItem,
}

fn main() {}
