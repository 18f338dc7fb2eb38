use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(transparent)]
    Store(std::io::Error),
}

fn main() {}
