use squall::scope;

#[scope("/admin")]
struct Admin<T> {
    #[query]
    page: T,
}

fn main() {}
