use squall::Problem;

#[derive(Problem)]
enum ShopError<T> {
    #[problem(status = 404)]
    NoSuchItem(T),
}

fn main() {}
