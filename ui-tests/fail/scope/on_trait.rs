use squall::scope;

#[scope("/admin")]
trait Admin {}

fn main() {}
