//! Scopes that serve some hosts only.

use squall::testing::TestClient;
use squall::{Application, Host, TrailingSlash, get, post, scope};
use squall_tests::Server;

#[scope("/", host = "{tenant}.example.com")]
struct Tenant;

#[scope("/area", in = Tenant)]
struct Area;

#[scope("/", host = "Admin.example.com")]
struct Admin;

#[get("/who", in = Tenant)]
async fn tenant(host: Host) -> String {
    host.name().split('.').next().unwrap_or_default().to_owned()
}

#[get("/{page}", in = Area)]
async fn area(page: String) -> String {
    format!("area {page}")
}

#[get("/who", in = Admin)]
async fn admin() -> &'static str {
    "the admin"
}

#[get("/who")]
async fn anybody() -> &'static str {
    "anybody"
}

#[post("/everywhere")]
async fn everywhere() -> &'static str {
    "everywhere"
}

fn app() -> Application {
    Application::empty()
        .handler::<tenant>()
        .handler::<area>()
        .handler::<admin>()
        .handler::<anybody>()
        .handler::<everywhere>()
        .trailing_slash(TrailingSlash::Redirect)
}

#[tokio::test]
async fn the_host_chooses_and_the_more_exact_one_is_meant() {
    let server = Server::start(app()).await;
    for (host, path, want) in [
        ("acme.example.com", "/who", "acme"),
        ("ACME.EXAMPLE.COM:8888", "/who", "acme"),
        ("acme.example.com.", "/who", "acme"),
        ("admin.example.com", "/who", "the admin"),
        ("example.com", "/who", "anybody"),
        ("a.b.example.com", "/who", "anybody"),
        ("acme.example.com.evil.example", "/who", "anybody"),
        ("[::1]:80", "/who", "anybody"),
        ("acme.example.com", "/area/7", "area 7"),
        ("acme.example.com", "http://admin.example.com/who", "the admin"),
    ] {
        let mut wire = server.connect().await;
        wire.send(format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")).await;
        let reply = wire.reply().await;
        assert_eq!((reply.status, reply.text()), (200, want), "{host} {path}");
    }
}

#[tokio::test]
async fn what_the_host_has_not_is_asked_of_all() {
    let client = TestClient::new(app());
    let answer = client.post(everywhere {}).header("host", "acme.example.com").await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "everywhere");
    // The path of a host is that of nobody else.
    assert_eq!(client.get(area { page: "7".into() }).await.expect("an answer").status(), 404);
    let slash = client.get("/area/7/").header("host", "acme.example.com").await.expect("an answer");
    assert_eq!((slash.status().as_u16(), slash.header("location")), (301, "/area/7"));
}

#[tokio::test]
async fn one_path_of_one_host_has_one_handler() {
    #[scope("/", host = "{other}.example.com")]
    struct Same;

    #[get("/who", in = Same, name = Second)]
    async fn second() -> &'static str {
        "never"
    }

    let report = app().handler::<Second>().check().expect_err("a report").to_string();
    assert!(report.contains("GET /who has 2 handlers"), "{report}");
    assert_eq!(report.matches("hosts.rs:").count(), 2, "{report}");
}
