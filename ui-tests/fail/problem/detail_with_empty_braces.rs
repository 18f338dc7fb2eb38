use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {}")]
    NoSuchItem { id: u64 },
}

fn main() {}
