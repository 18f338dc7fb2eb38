use squall::Problem;

#[derive(Problem)]
enum ShopError {
}

fn main() {}
