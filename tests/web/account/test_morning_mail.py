"""Each person stops the morning mail for themselves: on a page, or with one click in the mail program."""

from __future__ import annotations

import re
from email import message_from_bytes

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.digests import post_digests, write_digest
from recruitment.services.morning_mail import make_stop_token
from recruitment.services.outgoing import to_email
from recruitment.services.trail import check_trail
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent

STAFF = "https://staff.example"


@pytest.fixture
def mailed(world):
    world.campaign(until=CampaignState.OPEN, applications=6)
    world.clock.advance(days=40)
    return world


def person_of(world, part="recruiter"):
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Person, world.people[part])


def letter_of(world, part="recruiter"):
    with world.staff_desk.sessions.reading() as session:
        person = session.get_one(Person, world.people[part])
        return write_digest(session, desk=world.staff_desk, person=person, staff_url=STAFF)


def letters_tomorrow(world):
    return post_digests(world.staff_desk, world.clock.now.date(), STAFF)


def test_the_headers_survive_being_sent_in_one_line_each(mailed):
    letter = letter_of(mailed)
    raw = to_email(letter, "Body <jobs@body.example>").as_bytes()
    read = message_from_bytes(raw)
    assert read["List-Unsubscribe"] == f"<{letter.unsubscribe}>"
    assert read["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"List-Unsubscribe: <{STAFF}/morning-mail/".encode() in raw
    assert max(map(len, raw.split(b"\r\n"))) < 998


def test_one_click_without_a_session_a_token_or_a_redirect_stops_the_mail_of_that_person_alone(mailed):
    mailed.staff_app.config["WTF_CSRF_ENABLED"] = True
    path = letter_of(mailed).unsubscribe.removeprefix(STAFF)
    client = mailed.staff_client()
    asked = client.get(path)
    assert asked.status_code == 200 and "Stop this mail" in asked.text
    assert person_of(mailed).morning_mail_off_at is None, "a program that follows links stops nothing"
    for _ in range(2):
        sent = client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert (sent.status_code, "The morning mail is stopped" in sent.text) == (200, True)
    assert person_of(mailed).morning_mail_off_at == mailed.clock.now
    assert person_of(mailed, "member").morning_mail_off_at is None
    desk = mailed.staff_desk
    with desk.sessions.reading() as session:
        kinds = [one.event for one in session.scalars(select(TrailEvent)) if one.event.startswith("morning")]
        assert kinds == ["morning_mail_stopped"]
        assert check_trail(session, mailed.organisation_id, desk.vault.verifying_key) == []


def test_whoever_stopped_it_is_left_out_in_the_morning(mailed):
    client = mailed.staff_client()
    mailed.sign_in(client, "recruiter")
    assert client.post("/morning-mail", data={"mail": "off"}).status_code == 303
    assert "You do not get this mail." in client.get("/morning-mail").text
    without = letters_tomorrow(mailed)
    client.post("/morning-mail", data={"mail": "on"})
    assert "You get this mail." in client.get("/morning-mail").text
    mailed.clock.advance(days=1)
    assert letters_tomorrow(mailed) == without + 1


def test_a_link_that_was_changed_or_is_of_somebody_who_left_is_not_there(mailed):
    token, client = make_stop_token(mailed.staff_desk, person_of(mailed)), mailed.staff_client()
    other = make_stop_token(mailed.staff_desk, person_of(mailed, "member"))
    forged = [token[:-1], token[:-1] + ("0" if token[-1] != "0" else "1"), token[:32] + other[32:], "x", "é" * 96]
    for wrong in forged:
        assert [client.open(f"/morning-mail/{wrong}", method=how).status_code for how in ("GET", "POST")] == [
            404
        ] * 2
    with mailed.staff_desk.sessions.writing() as session:
        session.get_one(Person, mailed.people["recruiter"]).is_active = False
    assert client.post(f"/morning-mail/{token}").status_code == 404
    assert person_of(mailed).morning_mail_off_at is None


def test_the_page_is_linked_from_the_first_screen_and_asks_to_sign_in(mailed):
    client = mailed.staff_client()
    assert client.get("/morning-mail").location.startswith("/sign-in")
    mailed.sign_in(client, "recruiter")
    assert re.search(r'href="/morning-mail"', client.get("/").text)
