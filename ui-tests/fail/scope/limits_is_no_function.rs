use squall::scope;

fn strict() -> usize {
    4096
}

#[scope("/admin", limits = strict)]
struct Admin;

fn main() {}
