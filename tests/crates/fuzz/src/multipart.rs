//! Forms with parts: what is read of them is what a naive reader finds, or they are refused.

use squall::{Json, Multipart, MultipartRejection, post};

use crate::ask;

/// Gives every part back: its name, the name of its file, and its bytes.
#[post("/multipart", register = false)]
pub(crate) async fn parts(
    mut form: Multipart,
) -> Result<Json<Vec<(String, Option<String>, Vec<u8>)>>, MultipartRejection> {
    let mut parts = Vec::new();
    while let Some(part) = form.next().await? {
        let (name, file_name) = (part.name().to_owned(), part.file_name().map(str::to_owned));
        parts.push((name, file_name, part.bytes().await?.to_vec()));
    }
    Ok(Json(parts))
}

/// The first byte says how the body is cut into pieces: how it arrives changes nothing.
pub(crate) fn multipart(bytes: &[u8]) {
    let Some((cut, body)) = bytes.split_first() else { return };
    let content_type: &[u8] = b"multipart/form-data; boundary=b";
    let whole = ask("POST", "/multipart", &[("content-type", content_type)], body).expect("a request");
    let pieces = body.chunks(usize::from(*cut % 7) + 1);
    let cut = crate::ask_in_pieces("/multipart", content_type, pieces);
    assert_eq!((whole.status, &whole.body), (cut.status, &cut.body), "{}", body.escape_ascii());
    if whole.status != 200 {
        assert!([400, 413].contains(&whole.status.as_u16()), "{}", whole.status);
        return;
    }
    for (name, file_name, content) in whole.json::<Vec<(String, Option<String>, Vec<u8>)>>() {
        assert!(content.is_empty() || body.windows(content.len()).any(|window| window == content), "bytes of nobody");
        assert!(!content.windows(5).any(|window| window == b"\r\n--b"), "a boundary inside of a part");
        assert!(name.len() <= 3 * body.len() && file_name.is_none_or(|name| name.len() <= 3 * body.len()));
    }
}

/// A content type of any bytes, before a form that is right for one of them.
pub(crate) fn boundary(bytes: &[u8]) {
    let content_type = [b"multipart/form-data", bytes].concat();
    let form = b"--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--\r\n";
    let Some(reply) = ask("POST", "/multipart", &[("content-type", &content_type)], form) else { return };
    assert!([200, 400, 415].contains(&reply.status.as_u16()), "{}", reply.status);
    // And one that stands in a part.
    let disposition = [b"--b\r\nContent-Disposition: form-data", bytes, b"\r\n\r\n1\r\n--b--\r\n"].concat();
    let reply = ask("POST", "/multipart", &[("content-type", b"multipart/form-data; boundary=b")], &disposition);
    assert!([200, 400, 413].contains(&reply.expect("a request").status.as_u16()));
}
