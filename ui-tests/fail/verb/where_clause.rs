use squall::get;

#[get("/")]
async fn index()
where
    u64: Copy,
{
}

fn main() {}
