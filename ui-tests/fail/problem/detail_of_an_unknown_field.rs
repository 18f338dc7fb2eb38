use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {name}")]
    NoSuchItem { id: u64, count: u8 },
}

fn main() {}
