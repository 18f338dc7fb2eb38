use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    NoSuchItem(#[problem(detail)] String, #[problem(detail)] String),
}

fn main() {}
