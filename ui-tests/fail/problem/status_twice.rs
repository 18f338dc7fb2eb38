use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, status = 410)]
    NoSuchItem,
}

fn main() {}
