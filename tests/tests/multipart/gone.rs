//! Clients that leave, wait, or send too much: over a socket.

use squall::{FromMultipart, Multipart, MultipartRejection, State, UploadDirectory, UploadedFile, post};
use squall_tests::{Server, Stage, Wire};

use crate::{emptied, filled, part};

#[derive(FromMultipart)]
struct Slow {
    a: String,
    b: Option<UploadedFile>,
}

#[post("/slow", body = "4MiB")]
async fn slow(form: Slow) -> String {
    format!("{} {:?}", form.a, form.b.map(|file| file.len()))
}

#[post("/staged", body = "4MiB")]
async fn staged(mut form: Multipart, stage: State<Stage>) -> Result<String, MultipartRejection> {
    let _left = stage.tell_on_drop("left");
    let mut length = 0;
    while let Some(part) = form.next().await? {
        stage.tell("part");
        length += UploadedFile::read(part).await?.len();
    }
    Ok(length.to_string())
}

const HEAD: &str = "Host: a\r\nContent-Type: multipart/form-data; boundary=1234\r\n";

async fn server() -> (Server, squall_tests::Events, tempfile::TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    let (stage, events) = Stage::new();
    let application = squall::Application::new().state(UploadDirectory::at(directory.path())).state(stage);
    (Server::start(crate::complete(application)).await, events, directory)
}

async fn half_sent(server: &Server, target: &str) -> Wire {
    let mut wire = server.connect().await;
    wire.send(format!("POST {target} HTTP/1.1\r\n{HEAD}Content-Length: 3000000\r\n\r\n")).await;
    let begin = part("form-data; name=b", &"x".repeat(2 << 20));
    wire.send(begin.trim_end()).await;
    wire
}

#[tokio::test]
async fn a_client_that_leaves_in_the_middle_of_a_part_leaves_nothing_behind() {
    let (server, mut events, directory) = server().await;
    let wire = half_sent(&server, "/staged").await;
    assert_eq!(events.next().await, "part");
    filled(directory.path()).await;
    drop(wire);
    assert_eq!(events.next().await, "left");
    emptied(directory.path()).await;
}

#[tokio::test]
async fn a_client_that_leaves_while_a_struct_is_read_leaves_nothing_behind() {
    let (server, _events, directory) = server().await;
    let wire = half_sent(&server, "/slow").await;
    filled(directory.path()).await;
    drop(wire);
    emptied(directory.path()).await;
}

#[tokio::test]
async fn a_server_that_is_cut_leaves_nothing_behind() {
    let (server, _events, directory) = server().await;
    let _wire = half_sent(&server, "/slow").await;
    filled(directory.path()).await;
    server.cut().await;
    emptied(directory.path()).await;
}

#[tokio::test]
async fn a_body_that_is_cut_short_is_400() {
    let (server, _events, directory) = server().await;
    let mut wire = half_sent(&server, "/slow").await;
    wire.finish().await;
    let rest = wire.rest().await;
    assert!(rest.is_empty() || rest.starts_with(b"HTTP/1.1 400"), "{}", String::from_utf8_lossy(&rest));
    emptied(directory.path()).await;
}

#[tokio::test]
async fn a_form_may_arrive_byte_by_byte() {
    let (server, _events, _directory) = server().await;
    let mut wire = server.connect().await;
    wire.send(format!("POST /slow HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n")).await;
    let body = part("form-data; name=a", "1\r\n--123") + &part("form-data; name=b", "22") + "--1234--\r\nepilogue";
    for byte in body.bytes() {
        wire.send([b"1\r\n".as_slice(), &[byte], b"\r\n"].concat()).await;
    }
    wire.send("0\r\n\r\n").await;
    assert_eq!(wire.reply().await.text(), "1\r\n--123 Some(2)");
    // The connection can go on.
    assert_eq!(wire.ask("GET", "/nowhere", "").await.status, 404);
}

#[tokio::test]
async fn a_length_over_the_limit_is_refused_before_the_body_is_read() {
    let (server, _events, _directory) = server().await;
    for target in ["/slow", "/staged"] {
        let mut wire = server.connect().await;
        let length = (4 << 20) + 1;
        wire.send(format!("POST {target} HTTP/1.1\r\n{HEAD}Content-Length: {length}\r\n\r\n")).await;
        assert_eq!(wire.reply().await.status, 413);
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_refused_at_the_limit() {
    let (server, _events, directory) = server().await;
    let mut wire = server.connect().await;
    wire.send(format!("POST /slow HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n")).await;
    let begin = part("form-data; name=b", &"x".repeat((4 << 20) + 100));
    wire.try_send(format!("{:x}\r\n{begin}\r\n0\r\n\r\n", begin.len())).await;
    assert_eq!(wire.reply().await.status, 413);
    emptied(directory.path()).await;
}

#[tokio::test]
async fn two_uploads_at_once_do_not_meet() {
    let (server, _events, directory) = server().await;
    let send = async |letter: char, length: usize| {
        let body = part("form-data; name=a", &letter.to_string())
            + &part("form-data; name=b", &letter.to_string().repeat(length))
            + "--1234--";
        server.connect().await.post("/slow", "multipart/form-data; boundary=1234", &body).await
    };
    let (one, two) = tokio::join!(send('x', 2_000_000), send('y', 3_000_000));
    assert_eq!((one.text(), two.text()), ("x Some(2000000)", "y Some(3000000)"));
    emptied(directory.path()).await;
}
