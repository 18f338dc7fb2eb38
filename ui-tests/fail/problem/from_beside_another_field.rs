use squall::Problem;

#[derive(Problem)]
enum ShopError {
    Store(#[problem(from)] std::io::Error, u64),
}

fn main() {}
