use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    NoSuchItem(#[problem(membr = "id")] u64),
}

fn main() {}
