"""The SQL statements of a page: the same few, however many applied."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, event, insert, select

from recruitment.commands.sample.scoring import score_interviews
from recruitment.rules.campaigns import CampaignState
from recruitment.services.redacted import read_pieces, seal_pieces
from recruitment.services.references import free_references
from recruitment.services.sift import open_sift
from recruitment.store.applications import Answer, Application, Preference, SealedRecord
from recruitment.store.campaigns import list_questions
from recruitment.store.candidates import Candidate
from recruitment.store.eligibility import EligibilityRequirement
from recruitment.store.sift import Allocation, Moderation, Score
from tests.support.requirements import a_requirement
from tests.support.visitors import Visitors, addresses
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
FEW, MANY = 10, 1_000
MOST = 15
# Pages that record an opening write to the trail too.
MOST_OPENING = 25
OPENINGS = {"panel.show_form", "panel.conflicts", "panel.cases", "panel.ruling", "panel.pack", "panel.discussion",
            "panel.agree_on", "recruiter.book", "recruiter.bookings", "recruiter.slots"}  # fmt: skip
# A submission is looked at, redacted, sealed, written and told in one go.
MOST_SUBMITTING = 30
# Pages that check a panel read all that its twenty rules ask of; the last two open names or what was agreed too.
MOST_CHECKING = 30
CHECKS = {"panel.home", "panel.checklist", "panel.checklist_item", "recruiter.panel_page",
          "recruiter.panel_reason", "recruiter.panel_waiver", "panel.merit", "recruiter.invite_one"}  # fmt: skip
READERS = {"candidate": "candidate", "shortlister": "shortlister", "panel": "chair", "recruiter": "recruiter",
           "analyst": "analyst", "auditor": "auditor", "admin": "administrator", "pages": "colleague",
           "account": "nobody", "panel.reveal": "deputy", "pool": "recruiter", "entries": "colleague",
           "post_room": "colleague"}  # fmt: skip
LEFT_OUT = {"static", "recruiter.invite_one"}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that an engine runs meanwhile."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def grow(world: World, campaign_id: UUID, to: int) -> frozenset[UUID]:
    """Copy one application, with its candidate, answers and scores, until there are that many; those before.

    What is sealed in the copies is bound to other ids: it is counted and listed, and cannot be opened. Their
    redacted answers can be read.
    """
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        there = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).all()
        original = _of(session, Application, Application.id, there[-1])
        (candidate,) = _of(session, Candidate, Candidate.id, original[0].candidate_id)
        parts = [
            (table, _of(session, table, table.application_id, there[-1])) for table in (Preference, SealedRecord)
        ]
        answers = _of(session, Answer, Answer.application_id, there[-1])
        for reference in free_references(session, desk, campaign_id, to - len(there)):
            own, owner = uuid4(), uuid4()
            _copy(session, Candidate, [candidate], id=owner, address_hash=own.bytes * 2)
            _copy(session, Application, original, id=own, candidate_id=owner, reference=reference)
            for table, rows in parts:
                _copy(session, table, rows, application_id=own)
            for answer in answers:
                _copy_answer(session, desk, answer, own)
    return frozenset(there)


def _copy_answer(session: Any, desk: Any, answer: Answer, application_id: UUID) -> None:
    key, campaign_id = uuid4(), answer.campaign_id
    pieces = read_pieces(desk, campaign_id, answer.id, answer.redacted)
    redacted = seal_pieces(desk, campaign_id, key, pieces)
    _copy(session, Answer, [answer], id=key, application_id=application_id, redacted=redacted)
    for allocation in _of(session, Allocation, Allocation.answer_id, answer.id):
        handle = uuid4()
        _copy(session, Allocation, [allocation], id=handle, answer_id=key)
        _copy(session, Score, _of(session, Score, Score.allocation_id, allocation.id), allocation_id=handle)
    _copy(session, Moderation, _of(session, Moderation, Moderation.answer_id, answer.id), answer_id=key)


def _of(session: Any, table: Any, column: Any, key: UUID) -> list[Any]:
    return list(session.scalars(select(table).where(column == key)))


def _copy(session: Any, table: Any, rows: list[Any], **changed: Any) -> None:
    names = [column.key for column in table.__table__.columns]
    for row in rows:
        session.execute(insert(table).values({name: getattr(row, name) for name in names} | changed))


def count_pages(visitors: Visitors, values: dict[str, Any]) -> dict[str, tuple[int, int, int]]:
    """Page → statements on database and key store, and status, of all that can be read on both sites."""
    world, found = visitors.world, {}
    for app in (world.public_app, world.staff_app):
        for address in addresses(app, values):
            endpoint = address.endpoints.get("GET", "")
            if not endpoint or endpoint in LEFT_OUT or "token" in address.arguments:
                continue
            client = visitors.client(app, READERS.get(endpoint) or READERS[endpoint.split(".")[0]])
            found[f"{app.extensions['settings'].name} {endpoint}"] = count(world, app, client, "GET", address.path)
    return found


def count(
    world: World, app: Flask, client: FlaskClient, method: str, path: str, **sent: Any
) -> tuple[int, int, int]:
    desk = world.public_desk if app is world.public_app else world.staff_desk
    client.get("/nowhere")  # what the site is called is read once a minute: before the count
    with counted(desk.sessions.engine) as seen, counted(desk.vault.key_store.engine) as keys:
        answer = client.open(path, method=method, buffered=True, **sent)
    assert answer.status_code < 500, (path, answer.status_code)
    return len(seen), len(keys), answer.status_code


def most_of(page: str) -> int:
    endpoint = page.split()[1]
    return MOST_CHECKING if endpoint in CHECKS else MOST_OPENING if endpoint in OPENINGS else MOST


def compare(counts: dict[int, dict[str, tuple[int, int, int]]], most: Any) -> None:
    few, many = counts.values()
    assert {page: (few[page], many[page]) for page in few if few[page] != many[page]} == {}
    assert {page: found for page, found in many.items() if found[0] > most(page)} == {}


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.SIFTING, CampaignState.REVEALED])
def test_a_page_takes_the_same_few_statements_however_many_applied(make_world, state):
    counts = {}
    for number in (FEW, MANY):
        world = make_world()
        until = CampaignState.OPEN if state is CampaignState.SIFTING else state
        visitors = Visitors(world, world.campaign(until=until, applications=FEW))
        if number != FEW:
            visitors.openable = grow(world, visitors.campaign_id, number)
        criterion = {}
        if state is CampaignState.SIFTING:
            world.clock.advance(days=20)
            with world.staff_desk.sessions.writing() as session:
                recruiter = world.actor("recruiter")
                # Applications copied by rows were checked by nobody.
                session.execute(delete(EligibilityRequirement))
                open_sift(session, actor=recruiter, desk=world.staff_desk, campaign_id=visitors.campaign_id)
            criterion = {"criterion_id": visitors.moderate_one()}
        counts[number] = count_pages(visitors, visitors.values() | criterion)
    compare(counts, most_of)
    read = {page for page, found in counts[MANY].items() if found[2] == 200}
    assert len(read) > 25


BUTTONS = {
    CampaignState.OPEN: {"recruiter.show_adjustments": "recruiter", "recruiter.show_passages": "recruiter"},
    CampaignState.LINE_SET: {"recruiter.open_opt_ins": "recruiter"},
    CampaignState.REVEALED: {
        "panel.names": "chair",
        "panel.merit": "chair",
        "recruiter.names": "recruiter",
        "recruiter.invite_one": "recruiter",
    },
}
# It opens what was agreed as soon as it is read.
READ = {"recruiter.invite_one"}


@pytest.mark.parametrize("state", BUTTONS)
def test_a_button_that_opens_takes_the_same_statements_however_many_are_opened(make_world, state):
    """With applications that can all be opened, so with fewer of them."""
    counts: dict[int, dict[str, tuple[int, int, int]]] = {}
    for number in (FEW, 3 * FEW):
        world = make_world()
        visitors = Visitors(world, world.campaign(until=state, applications=number))
        values = visitors.values()
        counts[number] = {}
        if state is CampaignState.REVEALED:
            panel, able = [visitors.actor(name) for name in ("chair", "lead", "member")], defaultdict(lambda: 0.5)
            score_interviews(world.staff_desk, visitors.campaign_id, panel, able, Random(1))
        for address in addresses(world.staff_app, values):
            name = BUTTONS[state].get(endpoint := address.endpoints.get("POST", ""))
            method = "GET" if endpoint in READ else "POST"
            if name is not None:
                client = visitors.client(world.staff_app, name)
                counts[number][endpoint] = count(world, world.staff_app, client, method, address.path)
        assert {found[2] for found in counts[number].values()} == {200}
        assert counts[number].keys() == BUTTONS[state].keys()
    compare(counts, lambda page: MOST_CHECKING if page in CHECKS else MOST_OPENING)


def test_a_submission_takes_the_same_statements_however_many_applied_before(make_world):
    counts = {}
    for number in (FEW, MANY):
        world = make_world()
        visitors = Visitors(world, world.campaign(until=CampaignState.OPEN, applications=FEW))
        if number != FEW:
            grow(world, visitors.campaign_id, number)
        client = visitors.client(world.public_app, "other_candidate")
        client.post(f"/campaigns/{visitors.campaign_id}/apply")
        at = f"/campaigns/{visitors.campaign_id}/application"
        for page, typed in _pages_of(world, visitors.campaign_id):
            version = re.search(r'<input[^>]*name="version"[^>]*value="(\d+)"', client.get(at + page).text)
            assert version is not None
            sent = {"version": version[1]} | typed
            assert client.post(at + page, data=sent).status_code == 303
        counts[number] = {"submission": count(world, world.public_app, client, "POST", f"{at}/submit")}
        assert client.get(f"{at}/submitted").status_code == 200
    compare(counts, lambda page: MOST_SUBMITTING)


def _pages_of(world: World, campaign_id: UUID) -> Iterator[tuple[str, dict[str, str]]]:
    yield "/name", {"full_name": "Philippa Wetherby"}
    yield "/contact", {"email": "philippa@example.org"}
    with world.staff_desk.sessions.reading() as session:
        for question in list_questions(session, campaign_id):
            yield f"/question/{question.id}", {"answer": "I led a change in Halifax."}
    requirement = a_requirement(campaign_id).requirement
    yield "/requirements", {requirement: "yes", f"{requirement}_detail": ""}
    yield "/adjustments", {"adjustments": "none"}
    yield "/disability-confident", {"wanted": "no"}
    yield "/people-you-know", {"knows": "no"}
