use squall::Problem;

#[derive(Problem)]
enum ShopError {
    Store(#[problem(source)] String, #[problem(source)] String),
}

fn main() {}
