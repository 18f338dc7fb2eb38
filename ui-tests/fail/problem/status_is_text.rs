use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = "404")]
    NoSuchItem,
}

fn main() {}
