use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(transparent)]
    Input,
}

fn main() {}
