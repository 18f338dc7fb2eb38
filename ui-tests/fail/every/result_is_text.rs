use squall::every;

#[every("5m")]
async fn clean() -> String {
    String::new()
}

fn main() {}
