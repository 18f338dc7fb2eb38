use squall::IntoResponse;

struct Item {
    id: u64,
}

#[derive(IntoResponse)]
enum Saved {
    #[response(status = 201)]
    Created(Item),
}

fn main() {}
