use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 503)]
    Busy(#[problem(header = "retry-after:")] u32),
}

fn main() {}
