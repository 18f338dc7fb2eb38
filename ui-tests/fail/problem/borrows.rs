use squall::Problem;

#[derive(Problem)]
#[problem(status = 404)]
struct NoSuchItem<'a> {
    name: &'a str,
}

fn main() {}
