use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(transparent, status = 400)]
    Input(squall::Faults),
}

fn main() {}
