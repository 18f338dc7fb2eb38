use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, colour = "red")]
    NoSuchItem,
}

fn main() {}
