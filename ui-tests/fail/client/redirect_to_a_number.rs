use squall::Redirect;

fn main() {
    let _ = Redirect::to(7);
}
