use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    NoSuchItem {
        #[problem(member)]
        id: u64,
        #[problem(member = "id")]
        number: u64,
    },
}

fn main() {}
