use squall::Problem;

#[derive(Problem)]
union ShopError {
    code: u16,
}

fn main() {}
