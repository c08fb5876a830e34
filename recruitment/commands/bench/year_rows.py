"""The rows of a year, copied inside the database: 40 running and 200 finished campaigns, 30,000 applications.

A few campaigns are built through the services; the year's are copies of their rows under other ids. What is sealed
in the copies is bound to the first ids: it is counted and listed, and cannot be opened.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from sqlalchemy import select

from recruitment.commands.bench.home import Home
from recruitment.commands.sample.scoring import score_sift
from recruitment.rules.campaigns import CampaignState
from recruitment.services.desk import utc_now
from recruitment.services.moderation import arrange_moderation
from recruitment.services.rankings import write_ranking
from recruitment.services.sift_counts import count_anew
from recruitment.store.campaigns import Campaign

DONORS = (CampaignState.OPEN, CampaignState.SIFTING, CampaignState.REVEALED)
DONATED = 12  # applications of a campaign that is copied
_PLAN = ("stages", "vacancies", "questions", "criteria", "anchors", "question_criteria", "campaign_roles")


@dataclass(frozen=True)
class Copied:
    """`n`: a number of its own, which begins its ids; `k`: how manieth copy in its campaign."""

    n: int
    k: int
    campaign: str
    donor: str
    application: str


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction in a database file; what refers to what is copied whole, so it is not checked row by row."""
    with closing(sqlite3.connect(path, timeout=60)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        with connection:
            yield connection


def database_of(home: Home) -> Path:
    return Path(home.config.database.removeprefix("sqlite:///"))


def make_donors(home: Home) -> dict[CampaignState, UUID]:
    """One campaign in each state; in the sift two of three shortlisters are through."""
    donors = {state: home.campaign(state, DONATED) for state in DONORS}
    scorers = [home.cast.actor(part) for part in ("shortlister_one", "shortlister_two")]
    able = defaultdict(lambda: 0.5)
    sifting = donors[CampaignState.SIFTING]
    score_sift(home.staff_desk, sifting, scorers, able, Random(1))  # noqa: S311
    with home.staff_desk.sessions.writing() as store:
        arrange_moderation(store, actor=home.cast.actor("recruiter"), desk=home.staff_desk, campaign_id=sifting)
    return donors


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def _renumbered(column: str) -> str:
    return f"printf('%08x', c.n) || substr({column}, 9)"


def _copy(
    connection: sqlite3.Connection, table: str, joined: str, ids: Sequence[str], fixed: Mapping[str, str]
) -> None:
    names = _columns(connection, table)
    taken = {name: f"t.{name}" for name in names} | {"campaign_id": "c.campaign"} | dict(fixed)
    taken |= {name: _renumbered(f"t.{name}") for name in ids}
    wanted = ", ".join(taken[name] for name in names)
    # Names of tables and columns are this product's own.
    connection.execute(f"INSERT INTO {table} ({', '.join(names)}) SELECT {wanted} FROM {table} t {joined}")  # noqa: S608  # nosec B608


_OF_APPLICATION = "JOIN copies c ON c.donor = t.campaign_id AND c.application = t.application_id"
_OF_ANSWER = (
    "JOIN answers a ON a.campaign_id = t.campaign_id AND a.id = t.answer_id "
    "JOIN copies c ON c.donor = t.campaign_id AND c.application = a.application_id"
)
_OF_ALLOCATION = (
    "JOIN allocations l ON l.campaign_id = t.campaign_id AND l.id = t.allocation_id "
    "JOIN answers a ON a.campaign_id = l.campaign_id AND a.id = l.answer_id "
    "JOIN copies c ON c.donor = t.campaign_id AND c.application = a.application_id"
)


def copy_applications(connection: sqlite3.Connection, copies: Sequence[Copied]) -> None:
    """Applications with their answers, allocations, scores, moderations and places on a shortlist."""
    connection.execute("CREATE TEMP TABLE copies (n, k, campaign, donor, application)")
    rows = [(one.n, one.k, one.campaign, one.donor, one.application) for one in copies]
    connection.executemany("INSERT INTO copies VALUES (?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE INDEX temp.of_donor ON copies (donor, application)")
    of_it = "JOIN copies c ON c.donor = t.campaign_id AND c.application = t.id"
    fixed = {"candidate_id": "NULL", "external_id_hash": "NULL", "reference": "printf('YEAR-%08d', c.n)"}
    # What depends on others is copied from the donors' rows alone, before the donors' others grow.
    _copy(connection, "scores", _OF_ALLOCATION, ["allocation_id"], {})
    _copy(connection, "moderations", _OF_ANSWER, ["answer_id"], {})
    # Each text of the donor's sample once: their places are numbered.
    _copy(connection, "second_looks", f"{_OF_ANSWER} WHERE c.k < {DONATED}", ["answer_id"], {})
    _copy(connection, "allocations", _OF_ANSWER, ["id", "answer_id"], {"position": "t.position + 1000 * c.k"})
    for table in ("preferences", "stage_events", "shortlist_entries"):
        _copy(connection, table, _OF_APPLICATION, ["application_id"], {})
    _copy(connection, "answers", _OF_APPLICATION, ["id", "application_id"], {})
    _copy(connection, "applications", of_it, ["id"], fixed)
    connection.execute("DROP TABLE copies")


def copy_campaign(
    connection: sqlite3.Connection, donor: UUID, *, title: str, closes_in: int, state: CampaignState, closed: bool
) -> str:
    """A campaign with its plan and people, that closes in so many days; its id as it is stored."""
    key, now = uuid4().hex, utc_now().replace(tzinfo=None)
    moved = {
        "id": key,
        "title": title,
        "state": str(state),
        "opens_at": str(now + timedelta(days=closes_in - 14)),
        "closes_at": str(now + timedelta(days=closes_in)),
        "closed_at": str(now) if closed else None,
    }
    names = _columns(connection, "campaigns")
    wanted = ", ".join("?" if name in moved else name for name in names)
    values = [moved[name] for name in names if name in moved]
    connection.execute(
        f"INSERT INTO campaigns ({', '.join(names)}) SELECT {wanted} FROM campaigns WHERE id = ?",  # noqa: S608  # nosec B608
        [*values, donor.hex],
    )
    for table in _PLAN:
        names = _columns(connection, table)
        wanted = ", ".join("?" if name == "campaign_id" else name for name in names)
        connection.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {wanted} FROM {table} WHERE campaign_id = ?",  # noqa: S608  # nosec B608
            [key, donor.hex],
        )
    return key


def applications_of(connection: sqlite3.Connection, campaign: UUID) -> list[str]:
    rows = connection.execute("SELECT id FROM applications WHERE campaign_id = ? ORDER BY id", [campaign.hex])
    return [key for (key,) in rows]


def make_year(home: Home, donors: Mapping[CampaignState, UUID], running: int, finished: int, total: int) -> None:
    """Campaigns of the year, the running ones in three states, each with its share of the applications."""
    plan = [(DONORS[place % len(DONORS)], place % 7 - 2) for place in range(running)]
    plan += [(CampaignState.RELEASED, -30 - place) for place in range(finished)]
    share, copies, n = -(-total // len(plan)), [], 0
    with opened(database_of(home)) as connection:
        given = {state: applications_of(connection, donor) for state, donor in donors.items()}
        for place, (state, days) in enumerate(plan):
            like = state if state in donors else CampaignState.SIFTING
            # An open campaign closes soon; the others closed some weeks ago.
            closes_in = days + 3 if state is CampaignState.OPEN else days - 20
            key = copy_campaign(
                connection, donors[like], title=f"Post {place:03}", closes_in=closes_in, state=state,
                closed=state is CampaignState.RELEASED and place % 40 != 0,
            )  # fmt: skip
            for k in range(min(share, total - len(copies))):
                n += 1
                copies.append(Copied(n, k, key, donors[like].hex, given[like][k % DONATED]))
        copy_applications(connection, copies)
        connection.execute("ANALYZE")
    with home.staff_desk.sessions.reading() as store:
        sifting = store.scalars(select(Campaign.id).where(Campaign.state == CampaignState.SIFTING)).all()
    count_copies(home, sifting)


def count_copies(home: Home, campaign_ids: Sequence[UUID]) -> None:
    """What the services count as they go, and rank when scores lock, for rows that were copied."""
    for campaign_id in campaign_ids:
        with home.staff_desk.sessions.writing() as store:
            count_anew(store, campaign_id)
            write_ranking(store, campaign_id)
