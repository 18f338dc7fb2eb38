//! Handlers of a package that knows squall by another name.

use std::process::Command;

use squall_test_renamed::{Door, Step, Way, app, by_hand, index};
use web::testing::TestClient;

#[tokio::test]
async fn the_dependency_may_have_another_name() -> web::Result<()> {
    for application in [app().await, by_hand()] {
        let client = TestClient::new(application);
        assert_eq!(client.get(Step::at(Way::Up)).await?.text()?, "Up 1");
        assert_eq!(client.get(Step { far: 9, ..Step::at(Way::Down) }).await?.text()?, "Down 9");
        assert_eq!(client.get("/steps/sideways").await?.status(), 400);
        assert_eq!(client.delete(Step::at(Way::Up)).await?.status(), 200);
        assert_eq!(client.get(index { name: Some("Ann".into()) }).await?.text()?, "Ann");
    }
    let client = TestClient::new(app().await);
    assert_eq!(client.get(Door::at(7)).header("x-user", "ann").await?.text()?, "ann");
    assert_eq!(client.get(Door::at(0)).header("x-user", "ann").await?.status(), 404);
    assert_eq!(client.post(Door::at(7)).header("x-user", "ann").await?.status(), 201);
    assert_eq!(client.get(Door::at(7)).await?.status(), 404);
    assert_eq!(Step { far: 2, ..Step::at(Way::Up) }.url(), "/steps/up?far=2");
    Ok(())
}

#[test]
fn a_program_may_know_it_by_another_name() {
    let program = env!("CARGO_BIN_EXE_squall-test-renamed");
    let output = Command::new(program).arg("--check").env_remove("SQUALL_RUN").output().expect("the program is built");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "all is well: 5 routes\n");
}
