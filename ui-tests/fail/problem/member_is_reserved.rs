use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    NoSuchItem {
        #[problem(member)]
        title: String,
    },
}

fn main() {}
