//! Prefixes of mounts, which are written by the path grammar: refused in the launch report, or served.

use squall::testing::TestClient;
use squall::{Application, Routes, get};

use crate::wait;

#[get("/leaf", register = false)]
fn leaf() -> &'static str {
    "leaf"
}

pub(crate) fn prefix(bytes: &[u8]) {
    let Ok(prefix) = std::str::from_utf8(bytes) else { return };
    let app = || Application::empty().mount(prefix, Routes::empty().handler::<leaf>());
    match app().check() {
        Err(error) => assert!(error.is_launch(), "{error}"),
        Ok(()) => {
            let client = TestClient::new(app());
            match wait(async { client.get(leaf {}).await }) {
                Ok(answer) => assert_eq!(answer.text().expect("text"), "leaf", "under {prefix:?}"),
                Err(error) => panic!("no link under {prefix:?}: {error}"),
            }
        }
    }
}
