use squall::Problem;

struct Id(u64);

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404)]
    NoSuchItem(#[problem(detail)] Id),
}

fn main() {}
