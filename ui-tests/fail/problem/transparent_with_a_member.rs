use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(transparent)]
    Input(#[problem(member = "input")] squall::Faults),
}

fn main() {}
