use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, type)]
    NoSuchItem,
}

fn main() {}
