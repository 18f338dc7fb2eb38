use squall::Problem;

struct Id(u64);

#[derive(Problem)]
enum ShopError {
    #[problem(status = 404, detail = "no item {id}")]
    NoSuchItem { id: Id },
}

fn main() {}
