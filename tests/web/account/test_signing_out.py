"""Signing out makes every session cookie of a person worthless, copies included."""


def copied(client, world, make):
    with client.session_transaction() as cookie:
        kept = dict(cookie)
    other = make()
    with other.session_transaction() as cookie:
        cookie.update(kept)
    return other


def test_a_candidates_copied_cookie_ends_with_the_session(world):
    client = world.public_client()
    world.sign_in_candidate(client)
    copy = copied(client, world, world.public_client)
    assert copy.get("/applications").status_code == 200
    assert client.post("/sign-out").location == "/signed-out"
    assert "You are signed out" in client.get("/signed-out").text
    assert copy.get("/applications").status_code == 302


def test_a_staff_persons_copied_cookie_ends_on_both_sites(world):
    client, public = world.staff_client(), world.public_client()
    world.sign_in(client, "recruiter")
    world.sign_in(public, "recruiter")
    copy = copied(client, world, world.staff_client)
    assert copy.get("/").status_code == 200
    client.post("/sign-out")
    assert (copy.get("/").status_code, public.get("/sift").status_code) == (302, 302)


def test_signing_out_is_never_a_link(world):
    client = world.public_client()
    world.sign_in_candidate(client)
    assert client.get("/sign-out").status_code == 405
