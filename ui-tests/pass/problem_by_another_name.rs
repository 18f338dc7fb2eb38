mod web {
    pub(crate) use squall;
}

#[derive(web::squall::Problem)]
#[problem(crate = crate::web::squall)]
enum ShopError {
    #[problem(status = 404, detail = "no {0}")]
    NoSuchItem(#[problem(member = "id")] u64),
    #[problem(transparent)]
    Status(web::squall::StatusCode),
    Store(#[problem(from)] std::fmt::Error),
}

#[derive(web::squall::IntoResponse)]
#[response(crate = crate::web::squall, status = 201)]
struct Created(#[response(header = "x-id")] u64, &'static str);

fn main() {
    use web::squall::IntoResponse as _;

    assert_eq!(ShopError::NoSuchItem(1).into_response().status(), 404);
    assert_eq!(ShopError::Status(web::squall::StatusCode::GONE).into_response().status(), 410);
    assert_eq!(ShopError::from(std::fmt::Error).into_response().status(), 500);
    assert_eq!(Created(7, "made").into_response().headers()["x-id"], "7");
}
