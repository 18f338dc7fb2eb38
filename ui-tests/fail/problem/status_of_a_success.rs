use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 200)]
    NoSuchItem,
}

fn main() {}
