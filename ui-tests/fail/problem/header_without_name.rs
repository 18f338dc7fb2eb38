use squall::Problem;

#[derive(Problem)]
enum ShopError {
    #[problem(status = 503)]
    Busy(#[problem(header)] u32),
}

fn main() {}
