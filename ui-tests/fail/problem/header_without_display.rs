use squall::Problem;

struct Seconds(u32);

#[derive(Problem)]
enum ShopError {
    #[problem(status = 503)]
    Busy(#[problem(header = "retry-after")] Seconds),
}

fn main() {}
