//! Structs that are read from forms, and everything that is wrong with one told at once.

use serde_json::{Value, json};
use squall::{Faults, FromMultipart, MultipartForm, MultipartRejection, Param, Place, UploadedFile, post};

use crate::{client, emptied, part, send};

#[derive(Clone, Copy, Debug, Param)]
enum Size {
    Small,
    Large,
}

#[derive(Debug, FromMultipart)]
struct Upload {
    title: String,
    file: UploadedFile,
    more: Vec<UploadedFile>,
    note: Option<String>,
    #[part(name = "n", limit = "5B", range = 1..=10)]
    count: u32,
    size: Option<Size>,
    #[part(length = ..3)]
    tag: Vec<i8>,
    cover: Option<UploadedFile>,
    public: Option<bool>,
}

#[post("/upload", body = "4MiB")]
async fn upload(form: Upload) -> String {
    let more: Vec<_> = form.more.iter().map(|file| file.file_name().unwrap_or("-").to_owned()).collect();
    format!(
        "{} {} {:?} {} {:?} {:?} {:?} {} {:?}",
        form.title,
        form.file.len(),
        more,
        form.count,
        form.note,
        form.size,
        form.tag,
        form.cover.is_some(),
        form.public
    )
}

#[derive(FromMultipart)]
#[multipart(deny_unknown, parts = 3)]
struct Strict {
    r#type: String,
    #[cfg(any())]
    missing: Missing,
}

#[post("/strict")]
async fn strict(form: Strict) -> String {
    form.r#type
}

#[derive(FromMultipart)]
struct Limited {
    #[part(limit = "1KiB")]
    file: UploadedFile,
    text: Option<String>,
}

#[post("/limited", body = "4MiB")]
async fn limited(form: Limited) -> String {
    format!("{} {:?}", form.file.len(), form.text.map(|text| text.len()))
}

#[post("/decided/{id}")]
async fn decided(id: u8, #[query] page: Option<u8>, form: Result<Strict, MultipartRejection>) -> String {
    match form {
        Ok(form) => format!("{id} {page:?} {}", form.r#type),
        Err(rejection) => rejection.to_string(),
    }
}

#[post("/beside")]
async fn beside(#[query] page: u8, form: Option<Strict>) -> String {
    format!("{page} {}", form.is_some())
}

fn whole() -> MultipartForm {
    MultipartForm::new().text("title", "Cat").text("n", "7").file("file", "cat.png", "image/png", [0; 10])
}

#[tokio::test]
async fn fields_are_read_by_their_names() {
    let (client, _directory) = client();
    let read = async |form: MultipartForm| {
        let answer = client.post(upload {}).body(form).await.expect("an answer");
        answer.text().expect("text").to_owned()
    };
    assert_eq!(read(whole()).await, "Cat 10 [] 7 None None [] false None");
    let form = whole()
        .text("tag", "1")
        .file("more", "a", "text/plain", [1])
        .text("unknown", "x")
        .text("note", "")
        .text("tag", "-2")
        .bytes("more", [2])
        .text("size", "small")
        .text("public", "1")
        .file("cover", "b", "text/plain", []);
    assert_eq!(read(form).await, r#"Cat 10 ["a", "-"] 7 Some("") Some(Small) [1, -2] true Some(true)"#);
}

#[tokio::test]
async fn a_file_that_was_not_chosen_is_absent() {
    let (client, _directory) = client();
    let none = ("", "application/octet-stream");
    let form = whole().file("more", none.0, none.1, []).file("cover", none.0, none.1, []).text("size", "");
    let answer = client.post(upload {}).body(form).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "Cat 10 [] 7 None None [] false None");
    let form = MultipartForm::new().text("title", "Cat").text("n", "7").file("file", none.0, none.1, []);
    let answer = client.post(upload {}).body(form).await.expect("an answer");
    assert_eq!(errors(&answer), json!([{"in": "body", "name": "file", "detail": "is missing"}]));
}

fn errors<O>(answer: &squall::testing::Answer<O>) -> Value {
    answer.json_as::<Value>().expect("JSON")["errors"].take()
}

#[tokio::test]
async fn all_faults_are_told_at_once() {
    let (client, _directory) = client();
    let form = MultipartForm::new()
        .text("tag", "1")
        .text("note", "a")
        .text("n", "x")
        .text("tag", "300")
        .text("note", "b")
        .bytes("title", [0xff])
        .text("size", "medium");
    let answer = client.post(upload {}).body(form).await.expect("an answer");
    assert_eq!(answer.status(), 400);
    let want = json!([
        {"in": "body", "name": "title", "detail": "is not UTF-8"},
        {"in": "body", "name": "file", "detail": "is missing"},
        {"in": "body", "name": "note", "detail": "is given more than once"},
        {"in": "body", "name": "n", "detail": "must be a whole number from 0 to 4294967295"},
        {"in": "body", "name": "size", "detail": "must be one of small, large"},
        {"in": "body", "name": "tag", "detail": "must be a whole number from -128 to 127"},
    ]);
    assert_eq!(errors(&answer), want);
}

#[tokio::test]
async fn broken_rules_are_422() {
    let (client, _directory) = client();
    let form = MultipartForm::new().text("title", "Cat").text("n", "11").bytes("file", [1]);
    let form = form.text("tag", "1").text("tag", "2").text("tag", "3");
    let answer = client.post(upload {}).body(form).await.expect("an answer");
    assert_eq!(answer.status(), 422);
    let want = json!([
        {"in": "body", "name": "n", "detail": "must be between 1 and 10"},
        {"in": "body", "name": "tag", "detail": "must have less than 3 values"},
    ]);
    assert_eq!(errors(&answer), want);
}

#[tokio::test]
async fn faults_of_other_inputs_stand_beside_those_of_the_form() {
    let (client, _directory) = client();
    let answer = client.post("/beside?page=x").body(MultipartForm::new()).await.expect("an answer");
    let want = json!([
        {"in": "query", "name": "page", "detail": "must be a whole number from 0 to 255"},
        {"in": "body", "name": "type", "detail": "is missing"},
    ]);
    assert_eq!((answer.status().as_u16(), errors(&answer)), (400, want));
    assert_eq!(client.post("/beside?page=1").await.expect("an answer").text().expect("text"), "1 false");
}

#[tokio::test]
async fn unknown_parts_are_faults_where_the_form_says_so() {
    let (client, _directory) = client();
    let form = MultipartForm::new().text("tpye", "a").text(&"x".repeat(200), "b");
    let answer = client.post(strict {}).body(form).await.expect("an answer");
    let want = json!([
        {"in": "body", "name": "tpye", "detail": "is no field of this form"},
        {"in": "body", "name": "x".repeat(100), "detail": "is no field of this form"},
        {"in": "body", "name": "type", "detail": "is missing"},
    ]);
    assert_eq!(errors(&answer), want);
    let answer = client.post(strict {}).body(MultipartForm::new().text("type", "a")).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "a");
}

#[tokio::test]
async fn parts_that_are_passed_over_count() {
    let (client, _directory) = client();
    let form = |count: usize| (0..count).fold(MultipartForm::new().text("type", "a"), |form, _| form.text("x", ""));
    assert_eq!(client.post(strict {}).body(form(2)).await.expect("an answer").status(), 400);
    assert_eq!(client.post(strict {}).body(form(3)).await.expect("an answer").status(), 413);
    let body = part("form-data; name=x", "1").repeat(128) + "--1234--";
    assert_eq!(send(&client, "/upload", body).await.status(), 400);
    let body = part("form-data; name=x", "1").repeat(129) + "--1234--";
    assert_eq!(send(&client, "/upload", body).await.status(), 413);
}

#[tokio::test]
async fn a_field_has_its_own_limit() {
    let (client, directory) = client();
    for (file, text, want) in [(1024, 65536, 200), (1025, 0, 413), (0, 65537, 413), (2 << 20, 0, 413)] {
        let form = MultipartForm::new().bytes("file", vec![0; file]).text("text", "x".repeat(text));
        let answer = client.post(limited {}).body(form).await.expect("an answer");
        assert_eq!(answer.status(), want, "{file} {text}");
    }
    emptied(directory.path()).await;
}

#[tokio::test]
async fn a_handler_can_decide_itself() {
    let (client, _directory) = client();
    let answer = client.post("/decided/1").body(MultipartForm::new().text("type", "a")).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "1 None a");
    let answer = client.post("/decided/1").body(MultipartForm::new()).await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "type is missing");
    let answer = client.post("/decided/1").body("text").await.expect("an answer");
    assert_eq!(answer.text().expect("text"), "the body has to be `multipart/form-data`");
}

type Rejected = fn() -> MultipartRejection;

#[test]
fn each_rejection_has_its_status_as_an_answer_and_as_an_error() {
    use squall::{Error, IntoResponse};
    let faults = || {
        let mut faults = Faults::default();
        faults.broken(Place::Body, "a", "is wrong");
        faults
    };
    let cases: [(Rejected, u16, u16); 7] = [
        (|| MultipartRejection::ContentType, 415, 400),
        (|| MultipartRejection::Empty, 400, 400),
        (|| MultipartRejection::Malformed("x"), 400, 400),
        (|| MultipartRejection::TooManyParts { limit: 1 }, 413, 413),
        (|| MultipartRejection::HeadTooLarge { limit: 1 }, 413, 413),
        (|| MultipartRejection::PartTooLarge { name: "a".into(), limit: 1 }, 413, 413),
        (|| MultipartRejection::Storage(std::io::Error::other("full")), 500, 500),
    ];
    for (rejection, answer, error) in cases {
        let text = format!("{:?}", rejection());
        assert_eq!(rejection().status(), answer, "{text}");
        assert_eq!(rejection().into_response().status(), answer, "{text}");
        assert_eq!(Error::from(rejection()).status(), error, "{text}");
        assert!(!rejection().to_string().is_empty());
    }
    assert_eq!(MultipartRejection::Faults(faults()).into_response().status(), 422);
}
