use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(satus = 404)]
    NoSuchItem,
}

fn main() {}
