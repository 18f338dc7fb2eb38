use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {id}")]
    NoSuchItem,
}

fn main() {}
