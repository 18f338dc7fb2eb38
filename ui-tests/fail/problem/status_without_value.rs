use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status)]
    NoSuchItem,
}

fn main() {}
