use squall::Application;

struct Item;

fn main() {
    let _ = Application::empty().handler::<Item>();
}
