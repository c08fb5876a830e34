"""Staff enrol and sign in on each site by itself, with password and one-time code."""

import html
import re

import pyotp
import pytest

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site, invite_person
from recruitment.store.people import Person

PASSWORD = "copper violin harbour"
EMPTY = {"password": "", "again": "", "code": ""}


@pytest.fixture(params=[Site.PUBLIC, Site.STAFF])
def site(request) -> Site:
    return request.param


def client_of(world, site):
    return world.public_client() if site is Site.PUBLIC else world.staff_client()


def sign_in_path(site) -> str:
    return "/staff-sign-in" if site is Site.PUBLIC else "/sign-in"


def invited(world, site, part="shortlister_one") -> str:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        token = invite_person(
            session, actor=system_actor(world.organisation_id), desk=desk, person_id=world.people[part], site=site
        )
    return f"/enrol/{token}"


def offered(page) -> tuple[str, str]:
    """The signed field and the secret of an enrolment page."""
    field = html.unescape(re.search(r'name="offered"[^>]*value="([^"]*)"', page.text).group(1))
    secret = re.search(r'site-typed">([A-Z2-7 ]{20,})<', page.text).group(1).replace(" ", "")
    return field, secret


def code_of(world, secret: str) -> str:
    return pyotp.TOTP(secret).at(world.clock.now)


def enrolled(world, site, part="shortlister_one") -> tuple[str, str]:
    """A person's address and secret, after enrolling on a site."""
    client, path = client_of(world, site), invited(world, site, part)
    field, secret = offered(client.get(path))
    filled = {"offered": field, "password": PASSWORD, "again": PASSWORD, "code": code_of(world, secret)}
    assert client.post(path, data=filled).status_code == 303
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Person, world.people[part]).email, secret


def sign_in(world, client, site, address, secret, **changed):
    world.clock.advance(seconds=60)
    typed = {"email": address, "password": PASSWORD, "code": code_of(world, secret), **changed}
    return client.post(sign_in_path(site), data=typed)


def test_enrolment_shows_a_picture_and_the_secret_in_words(world, site):
    page = client_of(world, site).get(invited(world, site))
    assert "<svg" in page.text
    assert "style=" not in page.text
    assert len(offered(page)[1]) == 32


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        (EMPTY, "Choose a password"),
        ({"again": "another one entirely"}, "The two passwords must be the same"),
        ({"password": "short", "again": "short"}, "The password must have 12 characters or more."),
        ({"code": "000000"}, "The code does not fit."),
        ({"code": "\x00"}, "One-time code contains a character that cannot be stored"),
    ],
)
def test_an_error_at_enrolment_does_not_change_the_picture(world, site, changed, sentence):
    client, path = client_of(world, site), invited(world, site)
    field, secret = offered(client.get(path))
    typed = {"offered": field, "password": PASSWORD, "again": PASSWORD, "code": "123456", **changed}
    page = client.post(path, data=typed)
    assert page.status_code == 400
    assert sentence in html.unescape(page.text)
    assert offered(page)[1] == secret
    assert PASSWORD not in page.text


def test_a_factor_that_we_did_not_offer_is_not_taken(world, site):
    client, path = client_of(world, site), invited(world, site)
    mine = pyotp.random_base32()
    typed = {"offered": f'"{mine}".x', "password": PASSWORD, "again": PASSWORD, "code": code_of(world, mine)}
    page = client.post(path, data=typed)
    assert page.status_code == 400
    assert offered(page)[1] != mine


def test_an_enrolment_link_works_once_and_on_its_own_site_only(world):
    path = invited(world, Site.STAFF)
    assert world.public_client().get(path).status_code == 404
    client = world.staff_client()
    field, secret = offered(client.get(path))
    filled = {"offered": field, "password": PASSWORD, "again": PASSWORD, "code": code_of(world, secret)}
    assert client.post(path, data=filled).status_code == 303
    used = client.get(path)
    assert (used.status_code, "This link no longer works" in used.text) == (404, True)


def test_password_and_code_sign_in(world, site):
    email, secret = enrolled(world, site)
    client = client_of(world, site)
    signed_in = sign_in(world, client, site, email, secret)
    assert (signed_in.status_code, signed_in.location) == (303, "/sift" if site is Site.PUBLIC else "/")
    assert client.get(signed_in.location).status_code == 200


def test_a_secret_of_one_site_is_worth_nothing_on_the_other(world):
    email, secret = enrolled(world, Site.PUBLIC)
    assert sign_in(world, world.public_client(), Site.PUBLIC, email, secret).status_code == 303
    assert sign_in(world, world.staff_client(), Site.STAFF, email, secret).status_code == 400


def test_unknown_people_wrong_passwords_and_wrong_codes_get_one_sentence(world, site):
    email, secret = enrolled(world, site)
    client = client_of(world, site)
    for changed in ({"email": "nobody@example.org"}, {"password": "something else"}, {"code": "000000"}):
        page = sign_in(world, client, site, email, secret, **changed)
        assert page.status_code == 400
        assert "The e-mail address, password or code is wrong." in page.text


def test_five_failures_are_counted_and_lock_the_account(world, site):
    email, secret = enrolled(world, site)
    client = client_of(world, site)
    for _ in range(5):
        sign_in(world, client, site, email, secret, password="wrong one here")
    locked = sign_in(world, client, site, email, secret)
    assert "Wait fifteen minutes" in locked.text
    world.clock.advance(minutes=16)
    assert sign_in(world, client, site, email, secret).status_code == 303


def test_a_shortlister_whose_session_ended_gets_the_staff_form_with_what_was_typed(world):
    campaign_id = world.campaign(until=CampaignState.SIFTING, applications=1)
    path = f"/sift/{campaign_id}"
    asked = world.public_client().get(path, follow_redirects=True)
    assert asked.request.path == "/staff-sign-in"
    assert f'value="{path}"' in asked.text


def test_what_was_typed_is_offered_again_once_staff_are_signed_in(world, site):
    email, secret = enrolled(world, site)
    client = client_of(world, site)
    world.clock.advance(seconds=60)
    page = client.post(
        sign_in_path(site),
        data={
            "email": email, "password": PASSWORD, "code": code_of(world, secret),
            "carried_action": "/anything", "carried_name": "reason", "carried_value": "My reason, typed",
        },
        headers={"Sec-Fetch-Site": "same-origin"},
    )  # fmt: skip
    assert page.status_code == 200
    assert 'action="/anything"' in page.text
    assert "My reason, typed" in page.text
