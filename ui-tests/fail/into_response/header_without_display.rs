use squall::IntoResponse;

struct Total(u64);

#[derive(IntoResponse)]
enum Saved {
    Created(#[response(header = "x-total")] Total, String),
}

fn main() {}
