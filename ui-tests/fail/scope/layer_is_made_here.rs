use squall::scope;

struct Counting;

impl Counting {
    fn new() -> Self {
        Self
    }
}

#[scope("/admin", layer = Counting::new())]
struct Admin;

fn main() {}
