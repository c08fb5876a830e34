"""A year of a large body: the first screens beside a floor, and lists as they grow from 1,000 to 10,000."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median
from typing import Any
from uuid import UUID

from flask import Flask, session
from sqlalchemy import event

from recruitment.app import create_staff_app
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.measuring import Visitor, expect, make_visitor, processor_ms, side_by_side
from recruitment.commands.bench.table import Note, Row, Sizes
from recruitment.commands.bench.year_floor import copy_year, make_year_floor
from recruitment.commands.bench.year_rows import (
    DONATED,
    Copied,
    applications_of,
    copy_applications,
    count_copies,
    database_of,
    make_donors,
    make_year,
    opened,
)
from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import add_person
from recruitment.web.access import sign_in

FLOOR_AIM = 3.0  # times the floor
LIST_AIM = 2.0  # times its cost at a tenth of the rows
MOST_STATEMENTS = 15
ROUNDS = 5
MIDDLE = "MIDDLE"  # of a path: replaced by what stands in the middle of the list
QUEUE_PER_PAGE = 50
_FIRST_SCREENS = (
    ("recruiter", "recruiter", "/"),
    ("shortlister", "shortlister_three", "/sift"),
    ("analyst", "analyst", "/"),
    ("panel member", "member", "/"),
    ("auditor", "auditor", "/"),
    ("administrator", "administrator", "/"),
)


def measure_year(home: Home, sizes: Sizes) -> Iterator[Row | Note]:
    donors = make_donors(home)
    people = dict(home.cast.people) | {"administrator": _add_administrator(home)}
    home.say(f"copying {sizes.year_applications:,} applications")
    make_year(home, donors, sizes.year_running, sizes.year_finished, sizes.year_applications)
    copy_year(home.floor, str(database_of(home)))
    staff = create_staff_app(home.config, desk=home.staff_desk)
    floors = {app: make_year_floor(app, home.floor) for app in (staff, home.public_app)}
    size = (
        f"{sizes.year_running} running, {sizes.year_finished} finished, {sizes.year_applications:,} applications"
    )
    for who, part, path in _FIRST_SCREENS:
        app = home.public_app if path == "/sift" else staff
        here, there = _visitor(home, app, people[part]), _floor_visitor(floors[app], people[part])
        ours, floor = (_page(visitor, path) for visitor in (here, there))
        _same_rows(expect(here.app, here.get(path), 200).body, expect(there.app, there.get(path), 200).body)
        statements = _count_statements(home, app, here, path)
        taken = side_by_side([ours] * sizes.year_visits, [floor] * sizes.year_visits)
        yield Row("year", f"first screen of a {who} ({size})", *taken, FLOOR_AIM)
        missed = "" if statements <= MOST_STATEMENTS else f"year: {statements} statements for a {who}"
        yield Note("year", f"first screen of a {who}: {statements} statements (≤ {MOST_STATEMENTS}).", missed)
    yield from _measure_lists(home, staff, donors[CampaignState.SIFTING], people, sizes)


def _measure_lists(
    home: Home, staff: Flask, campaign_id: UUID, people: dict[str, UUID], sizes: Sizes
) -> Iterator[Note]:
    """The lists of one campaign's sift as it grows."""
    at = f"/campaigns/{campaign_id}"
    sifting, scored = CampaignState.SIFTING, CampaignState.SCORED
    queue = f"/sift/{campaign_id}"
    pages = {
        "coverage of the sift": (staff, "recruiter", f"{at}/sift", sifting),
        "a shortlister's queue": (home.public_app, "shortlister_three", queue, sifting),
        "its middle page": (home.public_app, "shortlister_three", f"{queue}?page={MIDDLE}", sifting),
        "a shortlister's moderation": (home.public_app, "shortlister_two", f"{queue}/moderation", sifting),
        "trail": (staff, "auditor", f"{at}/trail", sifting),
        "page of the campaign": (staff, "recruiter", at, sifting),
        "second look": (staff, "recruiter", f"{at}/second-look", sifting),
        "clearance": (staff, "recruiter", f"{at}/clearance", CampaignState.OPEN),
        "ranking of applications": (staff, "recruiter", f"{at}/ranking", scored),
        "ranking behind its middle": (staff, "recruiter", f"{at}/ranking?after={MIDDLE}", scored),
        "ranking with a line tried": (staff, "recruiter", f"{at}/ranking?line=14", scored),
        "closing without an appointment": (staff, "recruiter", f"{at}/close", scored),
    }
    visitors = {name: _visitor(home, app, people[part]) for name, (app, part, _, _) in pages.items()}
    few, many = sizes.year_list // 10, sizes.year_list
    cost: dict[int, dict[str, float]] = {}
    done = DONATED
    for number in (few, many):
        _grow(home, campaign_id, done, number)
        count_copies(home, [campaign_id])
        done = number
        cost[number] = {}
        for name, (_, _, path, state) in pages.items():
            _set_state(home, campaign_id, state)
            turn = _page(visitors[name], path.replace(MIDDLE, _middle(home, campaign_id, name, number)))
            turn()
            cost[number][name] = median(processor_ms([turn]) for _ in range(ROUNDS))
    for name in pages:
        ratio = cost[many][name] / cost[few][name]
        sentence = (
            f"{name}: {cost[few][name]:.1f} ms with {few:,} applications, {cost[many][name]:.1f} ms with "
            f"{many:,}: {ratio:.2f}× (aim ≤ {LIST_AIM:g}×)."
        )
        late = f"{name}: {ratio:.1f} times; the aim of {LIST_AIM:g} times is missed."
        missed = "" if ratio <= LIST_AIM else late
        yield Note("year", sentence, missed)


def _middle(home: Home, campaign_id: UUID, name: str, applications: int) -> str:
    """The page in the middle of a queue, with two answers for an application; or a reference of the ranking."""
    if not name.startswith("ranking"):
        return str(max(1, applications // QUEUE_PER_PAGE))
    with opened(database_of(home)) as connection:
        found = connection.execute(
            "SELECT a.reference FROM blind_totals t "
            "JOIN applications a ON a.campaign_id = t.campaign_id AND a.id = t.application_id "
            "WHERE t.campaign_id = ? ORDER BY t.position LIMIT 1 OFFSET ?",
            [campaign_id.hex, applications // 2],
        ).fetchone()
    return str(found[0])


def _grow(home: Home, campaign_id: UUID, there: int, to: int) -> None:
    """More applications in one campaign, with an event of the trail for each."""
    key = campaign_id.hex
    with opened(database_of(home)) as connection:
        given = applications_of(connection, campaign_id)[:DONATED] if there == DONATED else _first(connection, key)
        copies = [
            Copied(0x10000000 + number, number, key, key, given[number % DONATED]) for number in range(there, to)
        ]
        copy_applications(connection, copies)
        last = connection.execute("SELECT max(number) FROM trail_events WHERE chain_id = ?", [key]).fetchone()[0]
        connection.execute(
            "WITH RECURSIVE more(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM more WHERE i < ?) "
            "INSERT INTO trail_events SELECT chain_id, number + i, at, actor, event, detail, previous, digest "
            "FROM trail_events, more WHERE chain_id = ? AND number = ?",
            [to - there, key, last],
        )
        connection.execute("UPDATE trail_heads SET number = ? WHERE chain_id = ?", [last + to - there, key])
        connection.execute("ANALYZE")


def _set_state(home: Home, campaign_id: UUID, state: CampaignState) -> None:
    with opened(database_of(home)) as connection:
        connection.execute("UPDATE campaigns SET state = ? WHERE id = ?", [str(state), campaign_id.hex])


def _first(connection: Any, key: str) -> list[str]:
    rows = connection.execute(
        "SELECT id FROM applications WHERE campaign_id = ? AND reference NOT LIKE 'YEAR-%' ORDER BY id", [key]
    )
    return [application for (application,) in rows]


def _add_administrator(home: Home) -> UUID:
    desk, body = home.staff_desk, home.cast.organisation_id
    with desk.sessions.writing() as store:
        return add_person(
            store, actor=system_actor(body), desk=desk, name="Ada Admin", email="ada@body.example",
            is_administrator=True,
        )  # fmt: skip


def _visitor(home: Home, app: Flask, person_id: UUID) -> Visitor:
    with home.staff_desk.sessions.reading() as store:
        signed_in = app.extensions["site"].load_signed_in(store, f"staff:{person_id}")
    return make_visitor(app, lambda: sign_in(signed_in))


def _floor_visitor(app: Flask, person_id: UUID) -> Visitor:
    def enter() -> None:
        session["user"] = str(person_id)

    return make_visitor(app, enter)


def _page(visitor: Visitor, path: str) -> Any:
    return partial(expect, visitor.app, visitor.get(path), 200)


class FewerRows(Exception):
    """The floor shows less than the product: its time would mean nothing."""


def _same_rows(ours: bytes, floor: bytes) -> None:
    for mark in (b'<tr class="govuk-table__row', b'class="sift-card"', b"<li>"):
        if ours.count(mark) != floor.count(mark):
            raise FewerRows(f"{ours.count(mark)} of {mark.decode()} here, {floor.count(mark)} on the floor")


def _count_statements(home: Home, app: Flask, visitor: Visitor, path: str) -> int:
    desk = home.public_desk if app is home.public_app else home.staff_desk
    with _counted(desk.sessions.engine) as seen:
        expect(visitor.app, visitor.get(path), 200)
    return len(seen)


@contextmanager
def _counted(engine: Any) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
