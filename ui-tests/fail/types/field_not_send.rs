use std::fmt;
use std::rc::Rc;
use std::str::FromStr;

use squall::get;

struct Name(Rc<String>);

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(Self(Rc::new(text.to_owned())))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[get("/hello/{name}")]
async fn hello(name: Name) -> String {
    name.to_string()
}

fn main() {}
