"""Whatever is sent, no page fails: it says what to do, keeps what was typed, and logs no error."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site
from recruitment.store.campaigns import Campaign
from tests.support.visitors import Visitors, addresses
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
OWN = {"Sec-Fetch-Site": "same-origin"}
SENDERS = {
    "candidate": "other_candidate", "shortlister": "shortlister", "panel": "chair", "recruiter": "recruiter",
    "analyst": "analyst", "auditor": "auditor", "admin": "administrator", "pool": "recruiter",
    "account": "nobody", "pages": "nobody", "entries": "colleague", "post_room": "colleague",
}  # fmt: skip
LONG = "What I typed. " * 3_572  # 50,008 characters
BAD = {
    "empty": "",
    "spaces": " \t ",
    "long": LONG,
    "a NUL byte": "typed\x00typed",
    "a control character": "typed\x1b[31mtyped",
    "a wrong id": "12345678-1234-1234-1234-1234567890zz",
    "an absent id": "12345678-1234-4234-8234-123456789012",
    "an absent id in hexadecimal": "12345678123442348234123456789012",
    "a huge number": "99999999999999999999",
    "more digits than Python reads": "9" * 5_000,
    "a negative number": "-1",
    "an exponent": "1e9",
    "not a number": "NaN",
    "a digit of another script": "٣",
    "a superscript": "²",
    "markup": "<script>alert(1)</script>{{ 7 * 7 }}",
    "a path": "//evil.example/../..",
}
# Tried in each field alone too, beside good values: what gets past a form's first refusal.
ALONE = ("empty", "a NUL byte", "a huge number", "a digit of another script", "an absent id")
DATES = {
    "31 February": ("31", "2", "2026"), "year nought": ("1", "1", "0000"), "year 1": ("1", "1", "0001"),
    "year 9999": ("31", "12", "9999"), "Arabic digits": ("٣", "٣", "٢٠٢٦"), "half a date": ("1", "", ""),
    "a huge day": ("99999999999999999999", "1", "2026"), "negative": ("-1", "-1", "-1"),
}  # fmt: skip
# A lone surrogate, a byte that no text has, and a NUL byte.
_NOT_TEXT = "%ED%A0%80%FF%00"
# Sent blindly, these end the session or the campaign's state that the others need.
LAST = (
    "account.sign_out", "candidate.submit", "candidate.withdraw_confirmed", "candidate.erase", "account.open_link",
    "recruiter.take", "entries.drop", "entries.send",
)  # fmt: skip
# What is asked of those who have sent their application: the first of the campaign.
AFTER_SENDING = (
    "candidate.appointment", "candidate.give_time", "candidate.equality", "candidate.letter_questions",
    "candidate.correct", "candidate.erase", "candidate.withdraw_confirmed", "candidate.tell_source",
    "candidate.stop_equality", "candidate.ask_for_copy", "candidate.restrict", "candidate.objection",
    "candidate.use_again",
)  # fmt: skip
STATES = {CampaignState.DRAFT: 6, CampaignState.OPEN: 12, CampaignState.SIFTING: 6, CampaignState.REVEALED: 12}


def visitors_at(world: World, state: CampaignState) -> Visitors:
    return Visitors(world, world.campaign(until=state, applications=STATES[state]))


def posts(visitors: Visitors, app: Flask, site: Site) -> list[tuple[str, str]]:
    """(endpoint, path) of everything that takes a POST."""
    values = visitors.values()
    if site is Site.PUBLIC and _state(visitors) is CampaignState.SIFTING:
        values["criterion_id"] = visitors.moderate_one()
    found = addresses(app, values, visitors.tokens(site))
    every = [(one.endpoints["POST"], one.path) for one in found if "POST" in one.endpoints]
    return sorted(every, key=lambda row: (row[0] in LAST, row))


def _state(visitors: Visitors) -> CampaignState:
    with visitors.world.staff_desk.sessions.reading() as session:
        return CampaignState(session.get_one(Campaign, visitors.campaign_id).state)


def sender(visitors: Visitors, app: Flask, endpoint: str) -> FlaskClient:
    name = SENDERS[endpoint.split(".")[0]]
    if endpoint in ("account.sign_out", "account.morning_mail"):
        name = "colleague"
    if endpoint in ("panel.reveal", "panel.agree"):
        name = "deputy"
    if endpoint.startswith(AFTER_SENDING) and "candidate" in visitors.people:
        name = "candidate"
    client = visitors.client(app, name)
    if name == "other_candidate" and endpoint != "candidate.begin":
        client.post(f"/campaigns/{visitors.campaign_id}/apply")
    return client


CONTROL = re.compile(r"<(input|select|button|textarea)\b([^>]*)>(?:([^<]*)</textarea>)?")
_TYPED = {"text", "email", "textarea"}


def controls(page: str) -> dict[str, tuple[str, str]]:
    """Name → (type, value) of what a page sends; the first of several of one name."""
    found: dict[str, tuple[str, str]] = {}
    for tag, written, content in CONTROL.findall(page):
        attributes = {name: html.unescape(value) for name, value in re.findall(r'([a-z-]+)="([^"]*)"', written)}
        kind = attributes.get("type", "text") if tag == "input" else tag
        value = html.unescape(content) if tag == "textarea" else attributes.get("value", "")
        if attributes.get("name") and attributes["name"] != "csrf_token":
            found.setdefault(attributes["name"], (kind, value))
    return found


def form_of(client: FlaskClient, path: str) -> dict[str, tuple[str, str]]:
    """What could be sent from the page at a path, with the values of what is chosen and not typed."""
    answer = client.get(path)
    if answer.status_code != 200 or answer.mimetype != "text/html":
        return {}
    return {
        name: (kind, value if kind in ("hidden", "radio", "checkbox") else "")
        for name, (kind, value) in controls(answer.text).items()
    }


# What views read that no form of the same address holds.
READ_ELSEWHERE = {
    "recruiter.take": ("person", "role"),
    "recruiter.freeze": ("digest",),
    "recruiter.drop_time": ("slot",),
    "recruiter.attendance": ("came",),
    "recruiter.looked": ("look",),
    "recruiter.decide": ("passage", "answers"),
    "recruiter.show_passages": ("answers",),
    "panel.agree": ("digest",),
    "candidate.hide_passage": ("answer-1-passage", "answer-1-version"),
    "candidate.show_passage_again": ("passage", "version"),
    "candidate.ask_for_passage": ("mark", "version"),
    "candidate.leave_passage_hidden": ("mark", "version"),
    "candidate.typed_prompts": ("answer",),
    "candidate.equality_questions": ("given-age_band", "given-sex_text", "given-nonsense", "page", "go"),
}


def check(answer: TestResponse, logged: list[str]) -> str:
    """What is wrong with an answer; empty when it is as it should be."""
    if answer.status_code >= 500 or logged or "Traceback" in answer.text:
        return f"failed: {logged}"
    if answer.status_code == 400 and not re.search(r'govuk-error-summary__list">\s*<li', answer.text):
        return "400 without a sentence that says what to do"
    if answer.status_code == 200 and "govuk-error-summary" in answer.text:
        return "an error summary with status 200"
    return ""


def lost(answer: TestResponse, controls_before: dict[str, tuple[str, str]], value: str) -> set[str]:
    """The text fields that no longer hold what was typed in them, on a page that is shown again."""
    after = controls(answer.text)
    wanted = re.sub("[\x00-\x08\x0e-\x1f]", "\N{REPLACEMENT CHARACTER}", value).strip()
    typed = {name for name, (kind, _) in controls_before.items() if kind in _TYPED}
    return {name for name in typed if after.get(name, ("", ""))[1].strip() != wanted}


def shape(name: str) -> str:
    """Fields of one kind differ by an id or a number only: one view reads them all in one loop."""
    return re.sub(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+", "#", name)


def bodies(fields: dict[str, str], fresh: dict[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each bad value in every field at once, and in each fresh field alone beside what the page had.

    Where no field is fresh, all was sent in an earlier state of the campaign: the values of ALONE again.
    """
    yield "nothing", []
    for what in BAD if fresh else ALONE:
        yield what, [(name, BAD[what]) for name in fields]
    for what in ALONE:
        for name in [name for name in fields if name in fresh.values()]:
            yield f"{what} in {name}", [*((n, v) for n, v in fields.items() if n != name), (name, BAD[what])]
    yield "twice", [(name, value) for name in fields for value in ("1", "2", "typed")]
    if not fresh:
        return
    yield "as arrays", [(f"{name}[]", value) for name in fields for value in ("1", "2")]
    yield "names nobody knows", [("__proto__", "1"), ("reason-", "1"), ("score-", "9"), ("score-x", "9"), ("", "")]
    dates = {name.rpartition("-")[0] for name in fresh.values() if name.endswith("-year")}
    for what, parts in DATES.items():
        for date in dates:
            typed = dict(zip((f"{date}-day", f"{date}-month", f"{date}-year"), parts, strict=True))
            yield f"{what} in {date}", [*(fields | typed).items()]


def check_endpoint(
    client: FlaskClient, endpoint: str, path: str, tried: set[str], caplog: Any
) -> dict[tuple, str]:
    """What went wrong → the first thing sent that shows it. `tried`: shapes of fields, kept between states."""
    there = form_of(client, path)
    fields = {name: value for name, (_, value) in there.items()} | dict.fromkeys(
        READ_ELSEWHERE.get(endpoint, ()), ""
    )
    fresh = {shape(name): name for name in reversed([*fields, "names nobody knows"]) if shape(name) not in tried}
    many = len(BAD if fresh else ALONE)
    wrong: dict[tuple, str] = {}
    for number, (what, body) in enumerate(bodies(fields, fresh)):
        caplog.clear()
        answer = client.post(path, data=urlencode(body), content_type="application/x-www-form-urlencoded")
        found = check(answer, caplog.messages)
        if answer.status_code == 400 and what in BAD:
            gone = lost(answer, there, BAD[what])
            found = found or (f"lost what was typed in {sorted(gone)}" if gone else "")
        if found:
            wrong.setdefault((endpoint, answer.status_code, found), what)
        if number == many and answer.status_code in (404, 409):
            break  # closed in this state, whatever is sent
    else:
        tried |= set(fresh)
    raw = "&".join(f"{quote(name)}={_NOT_TEXT}" for name in fields)
    answer = client.post(path, data=raw, content_type="application/x-www-form-urlencoded")
    if found := check(answer, caplog.messages):
        wrong[(endpoint, answer.status_code, found)] = "bytes that are no text"
    return wrong


@pytest.mark.parametrize("site", list(Site))
def test_no_page_fails_or_loses_what_was_typed_whatever_is_sent(make_world, site, caplog):
    caplog.set_level(logging.ERROR)
    tried: dict[str, set[str]] = {}
    wrong: dict[tuple, str] = {}
    for state in STATES:
        visitors = visitors_at(make_world(), state)
        app = visitors.world.public_app if site is Site.PUBLIC else visitors.world.staff_app
        every = posts(visitors, app, site)
        for endpoint, path in every:
            known = tried.setdefault(endpoint, set())
            found = check_endpoint(sender(visitors, app, endpoint), endpoint, path, known, caplog)
            wrong |= {(state, *key): what for key, what in found.items()}
        assert len(every) > 20
    assert wrong == {}


def test_the_search_for_lost_words_finds_them(world):
    visitors = Visitors(world, world.campaign(until=CampaignState.DRAFT))
    client, path = visitors.client(world.staff_app, "recruiter"), "/campaigns/new"
    there = form_of(client, path)
    answer = client.post(path, data={"title": "typed", "summary": "typed"})
    assert answer.status_code == 400
    assert lost(answer, there, "typed") == {name for name, (kind, _) in there.items() if kind in _TYPED} - {
        "title", "summary"
    }  # fmt: skip


QUERIES = (
    "page",
    "after",
    "line",
    "next",
    "scored",
    "criterion",
    "return",
    "more",
    "carried_action",
    "written",
    "mark",
    "asked",
    "list",
    "before",
)


@pytest.mark.parametrize("state", list(STATES))
@pytest.mark.parametrize("site", list(Site))
def test_no_page_fails_whatever_stands_in_its_address(world, state, site, caplog):
    caplog.set_level(logging.ERROR)
    visitors = visitors_at(world, state)
    app = visitors.world.public_app if site is Site.PUBLIC else visitors.world.staff_app
    values, tried = visitors.values(), 0
    for address in addresses(app, values, visitors.tokens(site)):
        endpoint = address.endpoints.get("GET", "static")
        if endpoint == "static":
            continue
        client = sender(visitors, app, endpoint)
        for value in ("9" * 5_000, "99999999999999999999", "-1", "٣", "\x00", "//evil.example", "[]"):
            answer = client.get(address.path, query_string=dict.fromkeys(QUERIES, value))
            assert (answer.status_code < 500, caplog.messages) == (True, []), (endpoint, value)
            tried += 1
        answer = client.get(f"{address.path}?" + "&".join(f"{name}={_NOT_TEXT}" for name in QUERIES))
        assert (answer.status_code < 500, caplog.messages) == (True, []), endpoint
    assert tried > 100


def test_a_page_that_expired_keeps_what_was_typed(world):
    visitors = Visitors(world, world.campaign(until=CampaignState.OPEN, applications=12))
    tried = 0
    for site, app in ((Site.PUBLIC, world.public_app), (Site.STAFF, world.staff_app)):
        every = [
            (endpoint, path, sender(visitors, app, endpoint)) for endpoint, path in posts(visitors, app, site)
        ]
        app.config["WTF_CSRF_ENABLED"] = True
        for endpoint, path, client in every:
            sent = {"csrf_token": "old", "answer": "My long “answer”\nwas here", "password": "hunter2"}
            page = client.post(path, data=sent, headers=OWN)
            if page.status_code == 404 or endpoint == "account.stop_morning_mail":  # a mail program has no form
                continue
            assert (endpoint, page.status_code, "Your page expired" in page.text) == (endpoint, 403, True)
            typed = controls(page.text[page.text.index("<main") :])
            assert (endpoint, typed.get("answer", ("", ""))[1]) == (endpoint, sent["answer"])
            assert (endpoint, "hunter2" in page.text) == (endpoint, False)
            tried += 1
    assert tried > 40
