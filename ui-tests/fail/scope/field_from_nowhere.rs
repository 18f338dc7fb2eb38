use squall::scope;

#[scope("/admin")]
struct Admin {
    user: String,
}

fn main() {}
