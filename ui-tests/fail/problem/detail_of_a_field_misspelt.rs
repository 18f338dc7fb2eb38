use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {itme}")]
    NoSuchItem { item: u64 },
}

fn main() {}
