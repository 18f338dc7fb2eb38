use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(transparent = true)]
    Input(squall::Faults),
}

fn main() {}
