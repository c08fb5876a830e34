"""Staff sign in through a real account provider: only who is there already, and never without a second factor."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pyotp
import pytest
from sqlalchemy import select

from recruitment.app import create_staff_app
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent
from tests.support.account_provider import account_provider, agree_there
from tests.support.world import prepare_for_tests

VERIFIED = {"email_verified": True}
STRONG = VERIFIED | {"amr": ["pwd", "mfa"]}
PEOPLE = (
    {"sub": "helen", "email": "recruiter@body.example", **STRONG},
    {"sub": "tom", "email": "analyst@body.example", **VERIFIED},
    {"sub": "grace", "email": "auditor@body.example", **VERIFIED},
    {"sub": "false", "email": "recruiter@body.example", "email_verified": False, "amr": ["mfa"]},
    {"sub": "stranger", "email": "stranger@elsewhere.example", **STRONG},
    {"sub": "heir", "email": "recruiter@body.example", **STRONG},
)


@pytest.fixture(scope="module")
def issuer():
    with account_provider(*PEOPLE) as found:
        yield found


@pytest.fixture
def app(world, issuer):
    world.clock.now = datetime.now(UTC)
    config = replace(world.config, oidc_issuer=issuer, oidc_client_id="recruitment", oidc_client_secret="s")
    return prepare_for_tests(create_staff_app(config, desk=world.staff_desk))


def come_back(client, subject, **options):
    """Leave for the provider, sign in there, and open what it sends back to."""
    left = client.get("/sign-in/provider?next=/people")
    assert left.status_code == 303, left.text
    return client.get(agree_there(left.location, subject, **options))


def is_signed_in(client):
    return client.get("/people").status_code == 200


def events(world, person):
    with world.staff_desk.sessions.reading() as session:
        found = session.execute(
            select(TrailEvent.event, TrailEvent.detail)
            .where(TrailEvent.actor.contains(str(world.people[person])))
            .order_by(TrailEvent.number)
        ).all()
    return [(event, detail.get("by"), detail.get("second_factor")) for event, detail in found]


def test_somebody_who_is_there_already_signs_in_and_is_bound_by_the_providers_subject(world, app):
    client = app.test_client()
    assert "Sign in with your organisation’s account" in client.get("/sign-in").text
    back = come_back(client, "helen")
    assert (back.status_code, back.location) == (303, "/people")
    assert is_signed_in(client)
    assert events(world, "recruiter")[-2:] == [
        ("person_enrolled", "provider", None),
        ("signed_in", "provider", "provider"),
    ]
    come_back(app.test_client(), "helen")
    assert [event for event, by, _ in events(world, "recruiter") if by == "provider"].count("person_enrolled") == 1


@pytest.mark.parametrize("subject", ["stranger", "false"])
def test_nobody_is_made_and_an_unverified_address_is_nobodys(world, app, subject):
    client = app.test_client()
    back = come_back(client, subject)
    assert back.status_code == 400
    assert "Nobody with this account works here" in back.text
    assert not is_signed_in(client)
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Person).where(Person.provider_subject.is_not(None))).all() == []


def test_an_address_that_went_to_another_account_opens_nothing(world, app):
    come_back(app.test_client(), "helen")
    client = app.test_client()
    back = come_back(client, "heir")
    assert "belonged to another account" in back.text
    assert not is_signed_in(client)


def test_where_the_provider_tells_of_no_second_factor_our_own_code_is_asked_for(world, app):
    secret, desk = pyotp.random_base32(), world.staff_desk
    with desk.sessions.writing() as session:
        person = session.get_one(Person, world.people["analyst"])
        person.staff_factor = desk.wrap_factor(person.organisation_id, person.id, secret.encode())
        person.staff_factor_used = 0
    client = app.test_client()
    back = come_back(client, "tom")
    assert (back.status_code, back.location) == (303, "/sign-in/provider/code")
    assert client.get("/publications").location.startswith("/sign-in")
    wrong = client.post("/sign-in/provider/code", data={"code": "000000"})
    assert wrong.status_code == 400
    code = pyotp.TOTP(secret).at(world.clock.now)
    assert client.post("/sign-in/provider/code", data={"code": code}).status_code == 303
    assert client.get("/publications").status_code == 200
    assert events(world, "analyst")[-1] == ("signed_in", "provider", "own code")
    again = app.test_client()
    come_back(again, "tom")
    assert again.post("/sign-in/provider/code", data={"code": code}).status_code == 400


def test_five_wrong_codes_lock_the_account_for_the_provider_too(world, app):
    secret, desk = pyotp.random_base32(), world.staff_desk
    with desk.sessions.writing() as session:
        person = session.get_one(Person, world.people["analyst"])
        person.staff_factor = desk.wrap_factor(person.organisation_id, person.id, secret.encode())
    client = app.test_client()
    come_back(client, "tom")
    for _ in range(5):
        client.post("/sign-in/provider/code", data={"code": "000000"})
    code = pyotp.TOTP(secret).at(world.clock.now)
    assert "Too many attempts" in client.post("/sign-in/provider/code", data={"code": code}).text
    assert "Too many attempts" in come_back(app.test_client(), "tom").text


def test_without_any_second_factor_nobody_signs_in(world, app):
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["auditor"]).staff_factor = None
    client = app.test_client()
    assert "did not say that it asked for a second factor" in come_back(client, "grace").text


def test_a_provider_vouches_for_one_organisation_which_is_set_where_there_are_more(world, issuer):
    """Whoever runs one body's provider could otherwise write another body's addresses into it."""
    with world.staff_desk.sessions.writing() as session:
        slug = session.get_one(Organisation, world.organisation_id).slug
        session.add(Organisation(id=uuid4(), name="Other body", slug="other", created_at=world.clock.now))
    world.clock.now = datetime.now(UTC)

    def signs_in(named):
        config = replace(
            world.config, oidc_issuer=issuer, oidc_client_id="recruitment", oidc_client_secret="s",
            oidc_organisation=named,
        )  # fmt: skip
        client = prepare_for_tests(create_staff_app(config, desk=world.staff_desk)).test_client()
        return come_back(client, "helen").text, is_signed_in(client)

    for wrong in ("", "nobody"):
        told, is_in = signs_in(wrong)
        assert "RECRUITMENT_OIDC_ORGANISATION" in told and not is_in
    told, is_in = signs_in("other")
    assert "Nobody with this account works here" in told and not is_in
    assert signs_in(slug)[1]


def test_somebody_who_left_signs_in_no_more(world, app):
    come_back(app.test_client(), "helen")
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["recruiter"]).is_active = False
    client = app.test_client()
    assert come_back(client, "helen").status_code == 400
    assert not is_signed_in(client)


def test_a_return_that_another_browser_began_or_that_comes_twice_is_refused(app):
    mine, other = app.test_client(), app.test_client()
    path = agree_there(mine.get("/sign-in/provider").location, "helen")
    assert other.get(path).status_code == 400
    other.get("/sign-in/provider")
    assert other.get(path).status_code == 400
    assert mine.get(path).status_code == 303
    assert mine.get(path).status_code == 400


def test_who_refuses_at_the_provider_is_told_so_and_no_open_redirect_is_left(app):
    client = app.test_client()
    assert "You are not signed in" in come_back(client, "helen", action="deny").text
    left = client.get("/sign-in/provider?next=https://elsewhere.example/")
    asked = parse_qs(urlsplit(left.location).query)
    assert asked["redirect_uri"] == ["http://127.0.0.1:8001/sign-in/provider/return"]
    assert client.get(agree_there(left.location, "helen")).location == "/"


def test_a_provider_that_is_down_or_another_leaves_the_password(world, issuer):
    config = replace(world.config, oidc_client_id="recruitment", oidc_issuer="http://127.0.0.1:9")
    down = prepare_for_tests(create_staff_app(config, desk=world.staff_desk)).test_client()
    assert "does not answer" in down.get("/sign-in/provider").text
    assert down.get("/sign-in").status_code == 200
    config = replace(world.config, oidc_client_id="recruitment", oidc_issuer=f"{issuer}/")
    other = prepare_for_tests(create_staff_app(config, desk=world.staff_desk)).test_client()
    assert "another one" in other.get("/sign-in/provider").text


def test_without_the_setting_there_is_no_such_page(world):
    client = world.staff_client()
    assert client.get("/sign-in/provider").status_code == 404
    assert "organisation’s account" not in client.get("/sign-in").text
