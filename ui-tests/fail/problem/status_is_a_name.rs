use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = NOT_FOUND)]
    NoSuchItem,
}

fn main() {}
