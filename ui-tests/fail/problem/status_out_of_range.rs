use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 4040)]
    NoSuchItem,
}

fn main() {}
