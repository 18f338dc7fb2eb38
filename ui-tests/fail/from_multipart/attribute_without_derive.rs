struct Upload {
    #[part(name = "t")]
    title: String,
}

fn main() {
    drop(Upload { title: String::new() });
}
