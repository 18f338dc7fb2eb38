use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(transparent)]
    Input(squall::Faults, u64),
}

fn main() {}
