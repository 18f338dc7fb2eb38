use squall::scope;

#[scope("/admin")]
struct Admin;

#[scope]
impl Known for Admin {
    #[prepare]
    fn known(&self) {}
}

trait Known {
    fn known(&self);
}

fn main() {}
