//! The client over TCP against servers that answer badly: broken off, too long, no HTTP, late, or not at all.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use squall::client::{Answer, Call};
use squall::{Client, Error};
use squall_tests::within;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What a peer does when it has read the head of a request.
#[derive(Clone, Copy)]
enum Act {
    /// Writes this and closes.
    Leave(&'static str),
    /// Writes this and waits for the other side to close.
    Stay(&'static str),
    /// Writes this and resets the connection.
    Reset(&'static str),
    /// Writes this, and takes the next request on the same connection.
    Next(&'static str),
    /// Writes this over and over.
    Flood(&'static str, &'static str),
}

struct Peer {
    address: SocketAddr,
    /// How many heads of requests have come.
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A server on which the requests of each connection meet these acts, one after the other; the last one stays.
async fn peer(acts: &'static [Act]) -> Peer {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    let (requests, connections) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let (heard, met) = (Arc::clone(&requests), Arc::clone(&connections));
    let task = tokio::spawn(async move {
        loop {
            let (stream, _) = listener.accept().await.expect("a connection");
            met.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(play(stream, acts, Arc::clone(&heard)));
        }
    });
    Peer { address, requests, connections, task }
}

async fn play(mut stream: TcpStream, acts: &'static [Act], requests: Arc<AtomicUsize>) {
    let mut acts = acts.iter().copied();
    let mut last = Act::Leave("");
    loop {
        let (mut head, mut byte) = (Vec::new(), [0]);
        while !head.ends_with(b"\r\n\r\n") {
            match stream.read(&mut byte).await {
                Ok(1) => head.push(byte[0]),
                _ => return,
            }
        }
        requests.fetch_add(1, Ordering::SeqCst);
        last = acts.next().unwrap_or(last);
        // The other side may have enough of it: what cannot be written is not the fault of a test.
        match last {
            Act::Next(text) => drop(stream.write_all(text.as_bytes()).await),
            Act::Leave(text) => {
                let _ = stream.write_all(text.as_bytes()).await;
                return;
            }
            Act::Stay(text) => {
                let _ = stream.write_all(text.as_bytes()).await;
                let _ = stream.read_to_end(&mut head).await;
                return;
            }
            Act::Reset(text) => {
                let _ = stream.write_all(text.as_bytes()).await;
                stream.set_zero_linger().expect("an open socket");
                return;
            }
            Act::Flood(text, more) => {
                let _ = stream.write_all(text.as_bytes()).await;
                while stream.write_all(more.as_bytes()).await.is_ok() {}
                return;
            }
        }
    }
}

impl Peer {
    fn client(&self) -> Client {
        Client::new(&format!("http://{}", self.address)).expect("an address")
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

async fn sent<O>(call: Call<'_, O>) -> squall::Result<Answer<O>> {
    within("an answer or its error", call.into_future()).await
}

/// How a call of `/` fails when the peer acts so.
async fn failure(acts: &'static [Act]) -> Error {
    let peer = peer(acts).await;
    match sent(peer.client().get("/")).await {
        Ok(answer) => panic!("{answer:?} counts as an answer"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_an_error() {
    const BROKEN: [&[Act]; 12] = [
        &[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123456789")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")],
        &[Act::Reset("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nContent-Le")],
        &[Act::Leave("HTTP/1.1 100 Continue\r\n\r\n")],
        &[Act::Leave("H")],
        &[Act::Leave("")],
        &[Act::Reset("")],
    ];
    for (index, acts) in BROKEN.into_iter().enumerate() {
        let error = failure(acts).await;
        assert!(error.is_body() && error.is_answer() && !error.is_timeout(), "{index}: {error:?}");
        assert_eq!(error.status(), 502, "{index}");
    }
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_an_error() {
    const WRONG: [&[Act]; 9] = [
        &[Act::Leave("SSH-2.0-OpenSSH_9.0\r\n")],
        &[Act::Leave("<html>hello</html>")],
        &[Act::Leave("HTTP/1.1 abc OK\r\n\r\n")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: 3, 4\r\n\r\nabc")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: +3\r\n\r\nabc")],
        &[Act::Leave("HTTP/1.1 200 OK\r\nx y: 1\r\nContent-Length: 0\r\n\r\n")],
        &[Act::Stay("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n")],
        &[Act::Stay("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n")],
    ];
    for (index, acts) in WRONG.into_iter().enumerate() {
        let error = failure(acts).await;
        assert!(error.is_answer() && !error.is_timeout(), "{index}: {error:?}");
    }
}

#[tokio::test]
async fn an_answer_without_end_is_not_taken_in() {
    let heads: [&[Act]; 3] = [
        &[Act::Flood("HTTP/1.1 200 OK\r\n", "x-more: and more\r\n")],
        &[Act::Flood("HTTP/1.1 200 OK\r\nx: ", "aaaaaaaaaaaaaaaa")],
        &[Act::Flood("HTTP/1.1 200 ", "OK")],
    ];
    for (index, acts) in heads.into_iter().enumerate() {
        let error = failure(acts).await;
        assert!(error.is_answer() && error.to_string().contains("too large"), "{index}: {error:?}");
    }
    let bodies: [&[Act]; 2] = [
        &[Act::Flood("HTTP/1.1 200 OK\r\n\r\n", "abcdefgh")],
        &[Act::Flood("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "8\r\nabcdefgh\r\n")],
    ];
    for (index, acts) in bodies.into_iter().enumerate() {
        let peer = peer(acts).await;
        let error = sent(peer.client().body_limit(10_000).get("/")).await.expect_err("no end");
        assert!(error.is_too_large(), "{index}: {error:?}");
    }
}

#[tokio::test]
async fn a_length_beyond_the_limit_is_refused_before_the_body_comes() {
    let peer = peer(&[Act::Stay("HTTP/1.1 200 OK\r\nContent-Length: 10485761\r\n\r\n")]).await;
    assert!(sent(peer.client().get("/")).await.expect_err("too large").is_too_large());
}

#[tokio::test]
async fn a_server_that_says_nothing_more_is_given_up() {
    let silent: [&[Act]; 5] = [
        &[Act::Stay("")],
        &[Act::Stay("HTTP/1.1 200 OK\r\n")],
        &[Act::Stay("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")],
        &[Act::Stay("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")],
        &[Act::Flood("", "HTTP/1.1 103 Early Hints\r\n\r\n")],
    ];
    for (index, acts) in silent.into_iter().enumerate() {
        let peer = peer(acts).await;
        let client = peer.client().timeout(Duration::from_millis(50));
        let error = sent(client.get("/")).await.expect_err("no end");
        assert!(error.is_timeout(), "{index}: {error:?}");
    }
    // A stream has its head: from there on its reader decides how long to wait.
    let peer = peer(&[Act::Stay("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")]).await;
    let client = peer.client().timeout(Duration::from_millis(50));
    let response = client.get("/").stream().await.expect("a head");
    let body = response.into_body().collect(100);
    assert!(tokio::time::timeout(Duration::from_millis(100), body).await.is_err(), "it goes on waiting");
}

#[tokio::test]
async fn a_stream_that_breaks_off_ends_in_an_error() {
    let peer = peer(&[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n123")]).await;
    let response = peer.client().get("/").stream().await.expect("a head");
    assert!(within("the end", response.into_body().collect(100)).await.expect_err("broken").is_body());
}

#[tokio::test]
async fn an_answer_that_ends_with_its_connection_is_whole() {
    let peer = peer(&[Act::Leave("HTTP/1.1 200 OK\r\n\r\nabc")]).await;
    assert_eq!(sent(peer.client().get("/")).await.expect("an answer").text().expect("text"), "abc");
}

#[tokio::test]
async fn a_kept_connection_that_closes_costs_no_request() {
    // It answers once and is closed while nobody uses it: whatever comes next goes out on another.
    let polite = peer(&[Act::Leave("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")]).await;
    let client = polite.client();
    for _ in 0..20 {
        assert_eq!(sent(client.get("/")).await.expect("an answer").text().expect("text"), "ok");
        assert_eq!(sent(client.get("/")).await.expect("an answer").text().expect("text"), "ok");
    }
}

#[tokio::test]
async fn what_was_sent_and_lost_is_repeated_only_where_that_does_no_harm() {
    const ACTS: &[Act] = &[Act::Next("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"), Act::Leave("")];
    for repeated in ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"] {
        let peer = peer(ACTS).await;
        let client = peer.client();
        sent(client.get("/")).await.expect("an answer");
        let method = repeated.parse().expect("a method");
        assert_eq!(sent(client.request(method, "/")).await.expect(repeated).status(), 200);
        assert_eq!(peer.requests(), 3, "{repeated}: once more, on another connection");
        assert_eq!(peer.connections.load(Ordering::SeqCst), 2);
    }
    for once in ["POST", "PATCH", "PURGE"] {
        let peer = peer(ACTS).await;
        let client = peer.client();
        sent(client.get("/")).await.expect("an answer");
        let method = once.parse().expect("a method");
        let error = sent(client.request(method, "/")).await.expect_err(once);
        assert!(error.is_body() && error.is_answer(), "{error:?}");
        assert_eq!(peer.requests(), 2, "{once}: never twice");
    }
    let peer = peer(ACTS).await;
    let client = peer.client();
    sent(client.get("/")).await.expect("an answer");
    assert!(sent(client.put("/").body("text")).await.is_err(), "the body is gone");
    assert_eq!(peer.requests(), 2);
}

#[tokio::test]
async fn nobody_there_is_an_error_of_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("bound");
    drop(listener);
    let client = Client::new(&format!("http://{address}")).expect("an address");
    let error = sent(client.post("/").body("text")).await.expect_err("nobody");
    assert!(error.is_connect() && !error.is_answer(), "{error:?}");
}

#[tokio::test]
async fn http2_with_a_server_that_speaks_http1_is_an_error() {
    let peer = peer(&[Act::Leave("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")]).await;
    let error = sent(peer.client().http2().get("/")).await.expect_err("another protocol");
    assert!(error.is_answer() || error.is_connect(), "{error:?}");
}
