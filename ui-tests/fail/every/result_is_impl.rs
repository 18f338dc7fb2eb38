use squall::every;

#[every("5m")]
async fn clean() -> impl std::fmt::Display {
    1
}

fn main() {}
