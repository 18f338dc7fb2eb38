//! Patterns of paths, as `Application::redirect` takes them: refused in the launch report, or they match what they say.

use squall::testing::TestClient;
use squall::{Application, get};

use crate::wait;

#[get("/a/leaf/of/its/own", register = false)]
fn leaf() -> &'static str {
    "leaf"
}

/// The first line is the old path, the second the new one, the third a path to ask for.
pub(crate) fn pattern(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.splitn(3, '\n');
    let (from, to, path) = (lines.next().unwrap_or("/"), lines.next().unwrap_or("/"), lines.next().unwrap_or("/"));
    let app = || Application::empty().handler::<leaf>().redirect(from, to);
    if let Err(error) = app().check() {
        assert!(error.is_launch(), "{error}");
        return;
    }
    let client = TestClient::new(app());
    // Its own text is a path that it matches, parameters filled with their braces encoded.
    let own = from.replace('{', "%7B").replace('}', "%7D");
    for path in [path, &own] {
        let Ok(answer) = wait(async { client.get(path).await }) else { continue };
        let status = answer.status().as_u16();
        assert!([200, 301, 400, 404, 405].contains(&status), "{status} for {path:?} from {from:?} to {to:?}");
        if status == 301 {
            let location = answer.header("location");
            let local = location.starts_with('/') && !location[1..].starts_with(['/', '\\']);
            assert!(local, "{path:?} leads to {location:?} from {from:?} to {to:?}");
        }
    }
}
