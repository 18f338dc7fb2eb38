use squall::scope;

#[scope("/admin")]
enum Admin {
    One,
}

fn main() {}
