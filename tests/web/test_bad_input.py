"""Whatever is sent, no page fails: it says what to do, keeps what was typed, and logs no error."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site
from tests.support.visitors import Visitors, addresses

pytestmark = pytest.mark.sqlite_only
OWN = {"Sec-Fetch-Site": "same-origin"}
SENDERS = {
    "candidate": "other_candidate", "shortlister": "shortlister", "panel": "chair", "recruiter": "recruiter",
    "analyst": "analyst", "admin": "administrator", "account": "nobody",
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
ALONE = {"empty", "a NUL byte", "a huge number", "a digit of another script", "an absent id"}
DATES = {
    "31 February": ("31", "2", "2026"), "year nought": ("1", "1", "0000"), "year 1": ("1", "1", "0001"),
    "year 9999": ("31", "12", "9999"), "Arabic digits": ("٣", "٣", "٢٠٢٦"), "half a date": ("1", "", ""),
    "a huge day": ("99999999999999999999", "1", "2026"), "negative": ("-1", "-1", "-1"),
}  # fmt: skip
# Sent blindly, these end the session or the campaign's state that the others need.
LAST = ("account.sign_out", "candidate.submit", "account.open_link", "recruiter.take")


@pytest.fixture(params=[CampaignState.DRAFT, CampaignState.OPEN, CampaignState.SIFTING, CampaignState.REVEALED])
def visitors(world, request) -> Visitors:
    number = {CampaignState.DRAFT: 6, CampaignState.SIFTING: 6}.get(request.param, 12)
    return Visitors(world, world.campaign(until=request.param, applications=number))


def posts(visitors: Visitors, app: Flask, site: Site) -> list[tuple[str, str]]:
    """(endpoint, path) of everything that takes a POST."""
    values = visitors.values()
    if site is Site.PUBLIC and _state(visitors) is CampaignState.SIFTING:
        values["criterion_id"] = visitors.moderate_one()
    found = addresses(app, values, visitors.tokens(site))
    every = [(one.endpoints["POST"], one.path) for one in found if "POST" in one.endpoints]
    return sorted(every, key=lambda row: (row[0] in LAST, row))


def _state(visitors: Visitors) -> CampaignState:
    from recruitment.store.campaigns import Campaign

    with visitors.world.staff_desk.sessions.reading() as session:
        return CampaignState(session.get_one(Campaign, visitors.campaign_id).state)


def sender(visitors: Visitors, app: Flask, endpoint: str) -> FlaskClient:
    name = SENDERS[endpoint.split(".")[0]]
    if endpoint == "account.sign_out":
        name = "colleague"
    if endpoint in ("panel.reveal", "panel.agree"):
        name = "deputy"
    client = visitors.client(app, name)
    if name == "other_candidate" and endpoint != "candidate.begin":
        client.post(f"/campaigns/{visitors.campaign_id}/apply")
    return client


CONTROL = re.compile(r"<(?:input|textarea|select|button)\b[^>]*>")


def form_of(client: FlaskClient, path: str) -> dict[str, str]:
    """Names of everything that could be sent from the page at (or around) a path; values of what is hidden."""
    fields: dict[str, str] = {}
    answer = client.get(path)
    for tag in CONTROL.findall(answer.text if answer.status_code == 200 else ""):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        name = html.unescape(attributes.get("name", ""))
        if name and name != "csrf_token":
            hidden = attributes.get("type") in ("hidden", "radio", "checkbox")
            fields.setdefault(name, html.unescape(attributes.get("value", "")) if hidden else "")
    return fields


# What views read that no form of the same address holds.
READ_ELSEWHERE = {
    "recruiter.take": ("person", "role"),
    "recruiter.freeze": ("digest",),
    "recruiter.decide": ("passage", "answers"),
    "recruiter.show_passages": ("answers",),
    "panel.agree": ("digest",),
    "candidate.hide_passage": ("answer-1-passage", "answer-1-version"),
    "candidate.show_passage_again": ("passage", "version"),
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


def bodies(fields: dict[str, str]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each bad value in every field at once, and in each field alone beside what the page had."""
    yield "nothing", []
    for what, value in BAD.items():
        yield what, [(name, value) for name in fields]
        for name in fields if what in ALONE else ():
            yield f"{what} in {name}", [*((n, v) for n, v in fields.items() if n != name), (name, value)]
    yield "twice", [(name, value) for name in fields for value in ("1", "2", "typed")]
    yield "as arrays", [(f"{name}[]", value) for name in fields for value in ("1", "2")]
    yield "names nobody knows", [("__proto__", "1"), ("reason-", "1"), ("score-", "9"), ("score-x", "9"), ("", "")]
    dates = {name.rpartition("-")[0] for name in fields if name.endswith("-year")}
    for what, parts in DATES.items():
        for date in dates:
            typed = dict(zip((f"{date}-day", f"{date}-month", f"{date}-year"), parts, strict=True))
            yield f"{what} in {date}", [*(fields | typed).items()]


@pytest.mark.parametrize("site", list(Site))
def test_no_page_fails_whatever_is_sent(visitors, site, caplog):
    caplog.set_level(logging.ERROR)
    app = visitors.world.public_app if site is Site.PUBLIC else visitors.world.staff_app
    sent, wrong = 0, {}
    for endpoint, path in posts(visitors, app, site):
        client = sender(visitors, app, endpoint)
        fields = form_of(client, path) | dict.fromkeys(READ_ELSEWHERE.get(endpoint, ()), "")
        for what, body in bodies(fields):
            caplog.clear()
            answer = client.post(path, data=urlencode(body), content_type="application/x-www-form-urlencoded")
            found = check(answer, caplog.messages)
            if found:
                wrong.setdefault((endpoint, answer.status_code, found), what)
            sent += 1
    assert wrong == {}
    assert sent > 200
