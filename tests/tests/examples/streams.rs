//! Answers and requests that go on: events, exports, large uploads.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use crate::{Example, PATIENCE, answer};

/// Reads until `text` has come, and gives all that came.
fn read_until(stream: &mut TcpStream, text: &str) -> String {
    let (begin, mut all, mut piece) = (Instant::now(), Vec::new(), [0; 4096]);
    while begin.elapsed() < PATIENCE {
        let length = stream.read(&mut piece).expect("events within the deadline");
        assert_ne!(length, 0, "it ended: {}", String::from_utf8_lossy(&all));
        all.extend_from_slice(&piece[..length]);
        let so_far = String::from_utf8_lossy(&all);
        if so_far.contains(text) {
            return so_far.into_owned();
        }
    }
    panic!("no {text:?} in {}", String::from_utf8_lossy(&all));
}

/// The ids of the events, in order.
fn ids(text: &str) -> Vec<u32> {
    text.lines().filter_map(|line| line.strip_prefix("id: ")?.parse().ok()).collect()
}

#[test]
fn sse() {
    let example = Example::start("sse");
    let (status, body) = example.get("/");
    assert!(status == 200 && body.contains("new EventSource(\"/ticks\")"), "{body}");

    let mut stream = example.begin("GET", "/ticks", "", 0);
    let first = read_until(&mut stream, "\n\n\r\n");
    assert!(first.to_ascii_lowercase().contains("content-type: text/event-stream"), "{first}");
    let id = ids(&first)[0];
    assert!(first.contains(&format!("data: tick {id}\n\n")), "{first}");
    read_until(&mut stream, &format!("id: {0}\ndata: tick {0}\n\n", id + 1));
    drop(stream);

    // Whoever comes again gets what it missed, in order.
    let again = read_until(&mut example.begin("GET", "/ticks", "Last-Event-ID: 0\r\n", 0), "data: tick 4\n\n");
    assert_eq!(ids(&again)[..4], [1, 2, 3, 4], "{again}");
}

#[test]
fn an_id_of_anything_is_no_harm() {
    let example = Example::start("sse");
    let begin = read_until(&mut example.begin("GET", "/ticks", "", 0), "data: ");
    for id in ["4294967295", "99999999999999999999", "-1", "a b"] {
        let fields = format!("Last-Event-ID: {id}\r\n");
        let now = read_until(&mut example.begin("GET", "/ticks", &fields, 0), "data: ");
        assert!(ids(&now)[0] >= ids(&begin)[0], "{id}: {now}");
    }
}

#[test]
fn an_export_is_written_while_it_is_sent() {
    let example = Example::start("streaming");
    let (status, head, body) = example.ask("GET", "/orders.csv?rows=2", "", "");
    assert_eq!(status, 200);
    assert_eq!(body, "number,customer,total\r\n1,\"Bob \"\"the\"\" Builder\",7\r\n2,\"Miller, Sons & Co\",14\r\n");
    assert!(head.contains("content-type: text/csv") && head.contains("filename=\"orders.csv\""), "{head}");
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    let (_, _, body) = example.ask("GET", "/orders.csv?rows=100000", "", "");
    assert_eq!(body.lines().count(), 100_001);
    assert!(body.ends_with("100000,\"Bob \"\"the\"\" Builder\",0\r\n"), "all of it is there");
    assert_eq!(example.get("/orders.csv?rows=0").1, "number,customer,total\r\n");
    assert_eq!(example.get("/orders.csv?rows=10000001").0, 422);

    // A client that leaves ends the writer: the program can still stop.
    let mut stream = example.begin("GET", "/orders.csv?rows=10000000", "", 0);
    read_until(&mut stream, "number,customer,total");
    drop(stream);
    assert_eq!(example.stop(), Some(0));
}

#[test]
fn an_upload_is_read_piece_by_piece() {
    let example = Example::start("streaming");
    let text = "one\ntwo\n".repeat(1_000_000);
    let (status, _, body) = example.ask("POST", "/lines", "", &text);
    assert_eq!((status, body.as_str()), (200, r#"{"bytes":8000000,"lines":2000000}"#));
    assert_eq!(example.ask("POST", "/lines", "", "").2, r#"{"bytes":0,"lines":0}"#);
    assert_eq!(answer(example.begin("POST", "/lines", "", (1 << 30) + 1)).0, 413);

    // It breaks off: the next one is served.
    let mut stream = example.begin("POST", "/lines", "", 1 << 20);
    stream.write_all(b"half a line").expect("it reads");
    drop(stream);
    assert_eq!(example.ask("POST", "/lines", "", "\n").0, 200);
}
