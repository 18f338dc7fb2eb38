use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    NoSuchItem(#[problem(member)] u64),
}

fn main() {}
