use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {id:width$}")]
    NoSuchItem { id: u64, width: usize },
}

fn main() {}
