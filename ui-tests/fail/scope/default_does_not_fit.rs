use squall::scope;

#[scope("/admin")]
struct Admin {
    #[query(default = "one")]
    page: u32,
}

fn main() {}
