use squall::every;

struct Cleaner;

impl Cleaner {
    #[every("5m")]
    async fn clean(&self) {}
}

fn main() {}
