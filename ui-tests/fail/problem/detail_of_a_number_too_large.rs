use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {1}")]
    NoSuchItem(u64),
}

fn main() {}
