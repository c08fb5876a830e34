"""A session that ends while somebody types a reason: it is carried through signing in, and saved."""

import html
import re

import pyotp

from recruitment.services.accounts import Site, enrol, invite_person
from recruitment.services.passwords import PasswordPolicy

OWN = {"Sec-Fetch-Site": "same-origin"}
PASSWORD = "quarterly ledgers in the rain"


def _enrol(world, part):
    """Give somebody a password and a second factor for the public site."""
    desk, factor = world.public_desk, pyotp.random_base32()
    with world.staff_desk.sessions.writing() as session:
        token = invite_person(
            session,
            actor=world.actor("recruiter"),
            desk=world.staff_desk,
            person_id=world.people[part],
            site=Site.PUBLIC,
        )
    with desk.sessions.writing() as session:
        enrol(
            session,
            desk=desk,
            policy=PasswordPolicy(1, 1024, 1),
            token=token.rpartition("/")[2],
            site=Site.PUBLIC,
            password=PASSWORD,
            factor=factor,
            code=pyotp.TOTP(factor).at(desk.now),
        )
    return factor


def _hidden(page):
    return [
        tuple(html.unescape(value) for value in found)
        for found in re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page.text)
        if found[0] != "csrf_token"
    ]


def test_a_score_and_its_reason_survive_the_end_of_the_session(arrive, world):
    me = arrive()
    handle = me.handles()[0]
    key = me.answer(handle).criteria[0].id
    factor = _enrol(world, me.part)
    browser = world.public_client()
    sent = {f"score-{key}": "2", f"reason-{key}": "General claims “only”."}
    sign_in = browser.post(me.path(handle), data=sent, headers=OWN)
    assert me.scores() == []
    world.clock.advance(minutes=1)
    fields = _hidden(sign_in)
    assert ("carried_value", "General claims “only”.") in fields
    form = {"email": "shortlister.one@body.example", "password": PASSWORD}
    typed = [*fields, *form.items(), ("code", pyotp.TOTP(factor).at(world.clock.now))]
    names = dict.fromkeys(name for name, _ in typed)
    resume = browser.post(
        "/staff-sign-in",
        data={name: [value for other, value in typed if other == name] for name in names},
        headers=OWN,
    )
    assert "You are signed in; save what you typed" in resume.text
    reply = browser.post(me.path(handle), data=dict(_hidden(resume)), headers=OWN)
    assert reply.status_code == 303
    assert me.scores() == [(handle, 2)]
    assert me.answer(handle).criteria[0].reason == "General claims “only”."
