use squall::IntoResponse;

#[derive(IntoResponse)]
struct Page {
    #[response(header = "x-total")]
    total: u64,
    elapsed: std::time::Duration,
}

fn main() {}
