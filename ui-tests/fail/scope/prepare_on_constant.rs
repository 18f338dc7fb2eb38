use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    const KNOWN: u8 = 1;
}

fn main() {}
