use squall::every;

#[every("5m")]
async fn clean() -> Result<u64, String> {
    Ok(1)
}

fn main() {}
