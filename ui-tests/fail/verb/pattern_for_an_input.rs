use squall::get;

struct Trace(u64);

#[get("/search")]
async fn search(#[header] Trace(number): Trace) -> String {
    number.to_string()
}

fn main() {}
