//! Paths: what of them is a parameter, and what it says when it is decoded.

use squall::{Json, Uri, handler};

use crate::{Reply, ask, model};

/// One segment.
#[handler("/segment/{text}", register = false)]
pub(crate) struct Segment {
    text: String,
}

#[handler]
impl Segment {
    #[get]
    fn read(self) -> Json<(String, Option<String>)> {
        let url = self.try_url().ok().map(|url| url.to_string());
        Json((self.text, url))
    }
}

/// The rest of a path.
#[handler("/tail/{*text}", register = false)]
pub(crate) struct Tail {
    text: String,
}

#[handler]
impl Tail {
    #[get]
    fn read(self) -> Json<(String, Option<String>)> {
        let url = self.try_url().ok().map(|url| url.to_string());
        Json((self.text, url))
    }
}

pub(crate) fn path(bytes: &[u8]) {
    for before in ["/segment/", "/tail/"] {
        let target = [before.as_bytes(), bytes].concat();
        let Ok(uri) = Uri::try_from(target.as_slice()) else { continue };
        let Some(raw) = uri.path().strip_prefix(before) else { continue };
        let reply = ask("GET", &target, &[], b"").expect("an address is a request");
        if raw.is_empty() || (before == "/segment/" && raw.contains('/')) {
            assert_eq!(reply.status, 404, "{raw:?} is no parameter");
        } else {
            judge(raw, &reply);
        }
    }
}

fn judge(raw: &str, reply: &Reply) {
    let text = model::percent_decoded(raw);
    let text = text.filter(|text| !text.contains('\0') && !text.split('/').any(|piece| [".", ".."].contains(&piece)));
    if reply.status != 200 {
        let escapes = raw
            .split('%')
            .skip(1)
            .all(|after| after.len() > 1 && after.bytes().take(2).all(|digit| digit.is_ascii_hexdigit()));
        assert_eq!(reply.status, 400, "{raw:?}");
        assert!(text.is_none() || !escapes, "{raw:?} is refused and means {text:?}");
        return;
    }
    let (read, url) = reply.json::<(String, Option<String>)>();
    assert_eq!(Some(&read), text.as_ref(), "{raw:?}");
    let again = ask("GET", url.expect("what was read can be linked"), &[], b"").expect("a link is an address");
    assert_eq!(again.json::<(String, Option<String>)>().0, read, "{raw:?}");
}
