use squall::IntoResponse;

#[derive(IntoResponse)]
union Saved {
    code: u16,
}

fn main() {}
