//! Answers and uploads that never are in memory as a whole: `cargo run --example streaming`, then
//! `curl 'localhost:8888/orders.csv?rows=1000000' | curl -X POST -T - localhost:8888/lines`.

use squall::{Application, Attachment, Background, Body, BodySender, Json, get, post};
use std::collections::BTreeMap;

/// A row as a database would give it.
fn order(number: u64) -> (u64, &'static str, u64) {
    let customers = ["Ann", "Bob \"the\" Builder", "Miller, Sons & Co"];
    (number, customers[usize::try_from(number % 3).unwrap_or(0)], number * 7 % 100)
}

/// A field of CSV (RFC 4180).
fn field(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[get("/orders.csv")]
async fn orders(#[query(default = 1000, range = ..=10_000_000)] rows: u64, background: Background) -> Attachment<Body> {
    let (sender, body) = Body::channel(4); // four pieces may wait for the client, then the writer waits
    background.spawn(async move {
        // An error says that the client has left: there is nobody to tell.
        let _ = write(sender, rows).await;
    });
    Attachment::new("orders.csv", body) // text/csv, by its name
}

async fn write(sender: BodySender, rows: u64) -> squall::Result<()> {
    let mut piece = String::from("number,customer,total\r\n");
    for number in 1..=rows {
        let (number, customer, total) = order(number);
        piece += &format!("{number},{},{total}\r\n", field(customer));
        if piece.len() > 16 * 1024 {
            sender.send(std::mem::take(&mut piece)).await?;
        }
    }
    sender.send(piece).await?;
    sender.finish().await // without it the answer breaks off, and no client takes it for whole
}

/// Counts lines and bytes of an upload of any size, piece by piece.
#[post("/lines", body = "1GiB")]
async fn lines(mut body: Body) -> squall::Result<Json<BTreeMap<&'static str, usize>>> {
    let (mut lines, mut bytes) = (0, 0);
    while let Some(piece) = body.next().await {
        let piece = piece?;
        lines += piece.split(|byte| *byte == b'\n').count() - 1;
        bytes += piece.len();
    }
    Ok(Json(BTreeMap::from([("lines", lines), ("bytes", bytes)])))
}

#[squall::main]
async fn app() -> Application {
    Application::new()
}
