use squall::Problem;

#[derive(Problem)]
#[problem(status = 404)]
enum ShopError {
    NoSuchItem,
}

fn main() {}
