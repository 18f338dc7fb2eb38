use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem = 404]
    NoSuchItem,
}

fn main() {}
