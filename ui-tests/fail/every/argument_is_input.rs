use squall::every;

#[every("5m")]
async fn clean(#[query] page: u32) {
    let _ = page;
}

fn main() {}
