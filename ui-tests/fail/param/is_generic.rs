use squall::Param;

#[derive(Param)]
enum Order<const N: usize> {
    Newest,
}

fn main() {
    let _ = Order::<1>::Newest;
}
