//! Where a request came from and whom it is for; and header fields that are lists.

use http_body_util::BodyExt as _;
use hyper_util::rt::{TokioExecutor, TokioIo};
use squall::rejection::HostRejection;
use squall::testing::TestClient;
use squall::{Application, ClientAddr, Host, Peer, Request, get};
use squall_tests::{Server, within};

#[get("/host")]
async fn host(host: Host) -> String {
    format!("{} {:?}", host.name(), host.port())
}

#[get("/host/maybe")]
async fn maybe(host: Option<Host>) -> String {
    host.map_or("none".to_owned(), |host| host.to_string())
}

#[get("/host/tried")]
async fn tried(host: Result<Host, HostRejection>) -> String {
    host.map_or_else(|rejection| rejection.to_string(), |host| host.to_string())
}

#[get("/client")]
async fn client(client: ClientAddr) -> String {
    client.to_string()
}

#[get("/client/maybe")]
async fn maybe_client(client: Option<ClientAddr>) -> String {
    format!("{client:?}")
}

#[get("/client/given")]
async fn given(mut request: Request) -> String {
    request.extensions_mut().insert(Peer(([127, 0, 0, 1], 80).into()));
    let given = <ClientAddr as squall::FromRequest>::from_request(&mut request).await;
    given.map_or_else(|rejection| rejection.to_string(), |client| client.to_string())
}

#[get("/list")]
async fn list(#[header] x_list: Vec<String>, #[header] x_number: Vec<u8>) -> String {
    format!("{x_list:?} {x_number:?}")
}

#[tokio::test]
async fn the_authority_of_the_target_wins() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    wire.send("GET /host HTTP/1.1\r\nHost: Example.com:81\r\n\r\n").await;
    assert_eq!(wire.reply().await.text(), "example.com Some(81)");
    wire.send("GET http://other/host HTTP/1.1\r\nHost: example.com\r\n\r\n").await;
    assert_eq!(wire.reply().await.text(), "other None");
}

#[tokio::test]
async fn http2_names_the_host_in_its_authority() {
    let server = Server::start(Application::new()).await;
    let stream = tokio::net::TcpStream::connect(server.address()).await.expect("a connection");
    let (mut send, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await.expect("HTTP/2");
    let connection = tokio::spawn(connection);
    let request = squall::http::Request::get("http://Example.com:81/host").body(String::new()).expect("a request");
    let answer = within("an answer", send.send_request(request)).await.expect("an answer");
    let body = answer.into_body().collect().await.expect("a body").to_bytes();
    assert_eq!(body, "example.com Some(81)");
    connection.abort();
}

#[tokio::test]
async fn a_host_is_one_and_well_formed() {
    let client = TestClient::new(Application::new());
    for (hosts, status, part) in [
        (&[][..], 400, r#"{"in":"header","name":"host","detail":"is missing"}"#),
        (&["a", "a"], 400, r#"{"in":"header","name":"host","detail":"is given more than once"}"#),
        (&["foo bar"], 400, r#"{"in":"header","name":"host","detail":"must be a host"#),
        (&["a@b"], 400, "must be a host"),
        (&["foo/bar"], 400, "must be a host"),
        (&[""], 400, "must be a host"),
        (&["[::1]:8888"], 200, "[::1] Some(8888)"),
    ] {
        let call = hosts.iter().fold(client.get("/host"), |call, host| call.header("host", host));
        let answer = call.await.expect("an answer");
        assert_eq!(answer.status(), status, "{hosts:?}");
        assert!(answer.text().expect("text").contains(part), "{hosts:?}: {answer:?}");
    }
    assert_eq!(client.get("/host/maybe").await.expect("an answer").text().expect("text"), "none");
    let malformed = client.get("/host/maybe").header("host", "a b").await.expect("an answer");
    assert_eq!(malformed.status(), 400, "there, and bad");
    assert_eq!(client.get("/host/tried").await.expect("an answer").text().expect("text"), "is missing");
}

#[tokio::test]
async fn a_request_without_a_connection_has_no_client() {
    let client = TestClient::new(Application::new());
    let answer = client.get("/client").await.expect("an answer");
    assert_eq!(answer.status(), 500);
    assert!(!answer.text().expect("text").contains("Peer"), "what is wrong is logged, not told");
    assert_eq!(client.get("/client/maybe").await.expect("an answer").text().expect("text"), "None");
    assert_eq!(client.get("/client/given").await.expect("an answer").text().expect("text"), "127.0.0.1:80");
}

#[tokio::test]
async fn header_fields_are_lists() {
    let server = Server::start(Application::new()).await;
    let mut wire = server.connect().await;
    for (fields, want) in [
        ("", "[] []"),
        ("X-List: a, b\r\nX-List: c\r\n", r#"["a", "b", "c"] []"#),
        ("X-List: \"a, \\\" b\" , ,c,\r\n", r#"["\"a, \\\" b\"", "c"] []"#),
        ("X-Number: 1,2\r\nX-Number: 3\r\n", "[] [1, 2, 3]"),
    ] {
        assert_eq!(wire.ask("GET", "/list", fields).await.text(), want, "{fields}");
    }
    let wrong = wire.ask("GET", "/list", "X-Number: 1, x\r\n").await;
    assert_eq!(wrong.status, 400);
    assert!(wrong.text().contains(r#""name":"x-number""#), "{}", wrong.text());
}

#[tokio::test]
async fn a_list_that_a_client_sends_is_what_arrives() {
    let client = TestClient::new(Application::new());
    let sent = list { x_list: vec!["a".into(), "\"b, c\"".into()], x_number: vec![] };
    let answer = client.get(sent).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), r#"["a", "\"b, c\""] []"#);
    for lost in ["a, b", ""] {
        let error = client.get(list { x_list: vec![lost.into()], x_number: vec![] }).await.expect_err("no element");
        assert!(error.is_link() && error.to_string().contains("is not one element"), "{error}");
    }
}
