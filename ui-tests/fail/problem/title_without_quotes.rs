use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, title = missing)]
    NoSuchItem,
}

fn main() {}
