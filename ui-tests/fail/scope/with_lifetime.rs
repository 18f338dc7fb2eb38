use squall::scope;

#[scope("/admin")]
struct Admin<'a> {
    #[header]
    user: &'a str,
}

fn main() {}
