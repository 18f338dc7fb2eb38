use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {id:zz}")]
    NoSuchItem { id: u64 },
}

fn main() {}
