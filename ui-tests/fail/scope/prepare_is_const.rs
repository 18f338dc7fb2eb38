use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Admin {
    #[prepare]
    const fn known(&self) {}
}

fn main() {}
