use squall::Problem;

#[derive(Problem)]
enum ShopError {
    NoSuchItem {
        #[problem(member)]
        id: u64,
    },
}

fn main() {}
