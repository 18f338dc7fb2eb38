use squall::every;

struct Full;

#[every("5m")]
async fn clean() -> Result<(), Full> {
    Err(Full)
}

fn main() {}
