use squall::scope;

fn number() -> u32 {
    7
}

#[scope("/admin", layer = number)]
struct Admin;

fn main() {}
