//! One handler struct for every kind of input; each answers with itself.

use std::net::{IpAddr, SocketAddr};

use squall::{Param, handler};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Param)]
pub(crate) enum Colour {
    Red,
    #[param(rename = "deep blue/%")]
    Blue,
    r#Type,
}

macro_rules! answers_with_itself {
    ($($shape:ident)*) => {$(
        #[handler]
        impl $shape {
            #[get]
            async fn echo(&self) -> String {
                format!("{self:?}")
            }
        }
    )*};
}

answers_with_itself!(Numbers Words Deep Tail Many Preset Flat Heads Names);

#[handler("/numbers/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}")]
#[derive(Debug)]
pub(crate) struct Numbers {
    pub(crate) a: u8,
    pub(crate) b: u16,
    pub(crate) c: u32,
    pub(crate) d: u64,
    pub(crate) e: u128,
    pub(crate) f: usize,
    pub(crate) g: i8,
    pub(crate) h: i16,
    #[query]
    pub(crate) i: i32,
    #[query]
    pub(crate) j: i64,
    #[query]
    pub(crate) k: i128,
    #[query]
    pub(crate) l: isize,
    #[query]
    pub(crate) double: f64,
    #[query]
    pub(crate) single: f32,
    #[query]
    pub(crate) flag: bool,
    #[query]
    pub(crate) maybe: Option<bool>,
}

#[handler("/words/{id}")]
#[derive(Debug)]
pub(crate) struct Words {
    pub(crate) id: String,
    #[query]
    pub(crate) letter: char,
    #[query]
    pub(crate) plain: String,
    #[query]
    pub(crate) maybe: Option<String>,
    #[query]
    pub(crate) many: Vec<String>,
    #[query(default = "x y")]
    pub(crate) default: String,
    #[query]
    pub(crate) colours: Vec<Colour>,
    #[query]
    pub(crate) ip: IpAddr,
    #[query]
    pub(crate) socket: Option<SocketAddr>,
}

#[handler("/deep/{colour}/of/{letter}/{number}/{word}/{ip}")]
#[derive(Debug)]
pub(crate) struct Deep {
    pub(crate) colour: Colour,
    pub(crate) letter: char,
    pub(crate) number: f64,
    pub(crate) word: String,
    pub(crate) ip: IpAddr,
}

#[handler("/tail/{*rest}")]
#[derive(Debug)]
pub(crate) struct Tail {
    pub(crate) rest: String,
    #[query]
    pub(crate) page: Option<u8>,
}

#[handler("/many")]
#[derive(Debug)]
pub(crate) struct Many {
    #[query]
    pub(crate) numbers: Vec<i64>,
    #[query]
    pub(crate) floats: Vec<f64>,
    #[query]
    pub(crate) maybe: Option<u32>,
    #[query(default = 20)]
    pub(crate) limit: u32,
    #[query(default = vec![1, 2])]
    pub(crate) preset: Vec<u8>,
    #[query(default = Some(5))]
    pub(crate) absent: Option<u8>,
}

/// Text that has a default: an empty one is a value, so nothing says that there is none.
#[handler("/preset")]
#[derive(Debug)]
pub(crate) struct Preset {
    #[query(default = Some("x".to_owned()))]
    pub(crate) maybe: Option<String>,
    #[query(default = vec!["x".to_owned(), String::new()])]
    pub(crate) many: Vec<String>,
    #[query(default = Vec::new())]
    pub(crate) none: Vec<String>,
    #[header(default = Some("x".to_owned()))]
    pub(crate) head: Option<String>,
    #[cookie(default = vec!["x".to_owned()])]
    pub(crate) cookies: Vec<String>,
}

#[derive(Debug, serde::Serialize, serde::Deserialize)]
pub(crate) struct Shared {
    pub(crate) word: String,
    pub(crate) maybe: Option<String>,
    #[serde(default)]
    pub(crate) list: Vec<String>,
    pub(crate) number: i32,
    pub(crate) flag: bool,
    pub(crate) inner: Option<u8>,
}

#[handler("/flat")]
#[derive(Debug)]
pub(crate) struct Flat {
    #[query]
    pub(crate) own: String,
    #[query(flatten)]
    pub(crate) shared: Shared,
}

#[handler("/heads")]
#[derive(Debug)]
pub(crate) struct Heads {
    #[header]
    pub(crate) word: String,
    #[header("X-Number")]
    pub(crate) number: Option<i64>,
    #[header]
    pub(crate) list: Vec<u16>,
    #[header(default = 3)]
    pub(crate) level: u8,
    #[cookie]
    pub(crate) cookie: Option<String>,
    #[cookie("more")]
    pub(crate) cookies: Vec<i8>,
}

#[handler("/names/ä%2f")]
#[derive(Debug)]
pub(crate) struct Names {
    #[query("a&b=c d+ü%")]
    pub(crate) value: String,
    #[query(rename = "q[]")]
    pub(crate) other: Option<String>,
    #[query]
    pub(crate) r#type: Option<u8>,
}
