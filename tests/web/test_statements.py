"""The SQL statements of a page: the same few however many applied, as recruiters' queues and panels grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import Engine, event, insert, select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.sift import open_sift
from recruitment.services.submissions import free_references
from recruitment.store.applications import Answer, Application, Preference, SealedRecord
from recruitment.store.candidates import Candidate
from tests.support.visitors import Visitors, addresses
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
FEW, MANY = 10, 1_000
MOST = 15
# Pages that record an opening write to the trail too.
MOST_OPENING = 25
OPENINGS = {"panel.show_form", "panel.names", "panel.merit", "recruiter.names", "recruiter.show_adjustments",
            "recruiter.show_passages", "recruiter.open_opt_ins"}  # fmt: skip
READERS = {"candidate": "candidate", "shortlister": "shortlister", "panel": "chair", "recruiter": "recruiter",
           "analyst": "analyst", "auditor": "auditor", "admin": "administrator", "pages": "colleague",
           "account": "nobody"}  # fmt: skip
# Files and ends of sessions; the check of the trail reads the whole trail, whose length is not of a page.
LEFT_OUT = {"static", "account.sign_out"}


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that an engine runs meanwhile."""
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def grow(world: World, campaign_id: UUID, to: int) -> None:
    """Copy applications, each with its candidate, answers and sealed parts, until there are that many.

    The copies' sealed parts are bound to other ids, so they can be counted and listed and not opened.
    """
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        there = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).all()
        for reference in free_references(session, desk, campaign_id, to - len(there)):
            ids = {"id": uuid4(), "candidate_id": uuid4()}
            original = there[0]
            candidate = session.scalars(
                select(Candidate).join(Application, Application.candidate_id == Candidate.id)
                .where(Application.id == original)
            ).one()  # fmt: skip
            _copy(session, Candidate, [candidate], id=ids["candidate_id"], address_hash=ids["id"].bytes * 2)
            _copy(session, Application, _of(session, Application, Application.id, original), reference=reference, **ids)
            for table in (Preference, SealedRecord):
                _copy(session, table, _of(session, table, table.application_id, original), application_id=ids["id"])
            for answer in _of(session, Answer, Answer.application_id, original):
                _copy(session, Answer, [answer], id=uuid4(), application_id=ids["id"])


def _of(session: Any, table: Any, column: Any, key: UUID) -> list[Any]:
    return list(session.scalars(select(table).where(column == key)))


def _copy(session: Any, table: Any, rows: list[Any], **changed: Any) -> None:
    names = [column.key for column in table.__table__.columns]
    for row in rows:
        session.execute(insert(table).values({name: getattr(row, name) for name in names} | changed))


def read_pages(visitors: Visitors, app: Flask, values: dict[str, Any]) -> dict[str, tuple[int, int]]:
    """Endpoint → statements on the database and on the key store, for every page that can be read."""
    desk = visitors.world.public_desk if app is visitors.world.public_app else visitors.world.staff_desk
    found = {}
    for address in addresses(app, values):
        endpoint = address.endpoints.get("GET", "")
        if not endpoint or endpoint in LEFT_OUT or "token" in address.arguments:
            continue
        name = READERS[endpoint.split(".")[0]]
        client = visitors.client(app, "deputy" if endpoint == "panel.reveal" else name)
        with counted(desk.sessions.engine) as seen, counted(desk.vault.key_store.engine) as keys:
            answer = client.get(address.path, buffered=True)
        assert answer.status_code < 500, (endpoint, answer.status_code)
        found[endpoint] = (len(seen), len(keys), answer.status_code)
    return found


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.SIFTING])
def test_a_page_takes_the_same_few_statements_however_many_applied(make_world, state):
    counts: dict[str, dict[int, Any]] = {}
    for number in (FEW, MANY):
        world = make_world()
        visitors = Visitors(world, world.campaign(until=CampaignState.OPEN, applications=FEW))
        if number != FEW:
            grow(world, visitors.campaign_id, number)
        if state is CampaignState.SIFTING:
            world.clock.advance(days=20)
            with world.staff_desk.sessions.writing() as session:
                open_sift(
                    session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=visitors.campaign_id
                )
            criterion_id = visitors.moderate_one()
        values = visitors.values()
        for app in (world.public_app, world.staff_app):
            if state is CampaignState.SIFTING and app is world.public_app:
                values["criterion_id"] = criterion_id
            for endpoint, count in read_pages(visitors, app, values).items():
                counts.setdefault(f"{app.extensions['settings'].name} {endpoint}", {})[number] = count
    assert {page: each for page, each in counts.items() if each[FEW] != each[MANY]} == {}
    most = {page: each[MANY] for page, each in counts.items() if each[MANY][0] > MOST}
    assert most == {}
