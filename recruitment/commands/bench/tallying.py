"""The tally of sealed equality answers: processor time, and whether its memory grows with the rows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from time import process_time
from uuid import UUID

from sqlalchemy import delete, insert, select

from recruitment.commands.bench import tables
from recruitment.commands.bench.copying import copy_to_floor
from recruitment.commands.bench.home import Home
from recruitment.commands.bench.table import Note, Row, Sizes
from recruitment.commands.sample.people import make_candidate
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.counts_format import counts_to_json
from recruitment.rules.equality_questions import characteristics, check_answers
from recruitment.rules.funnel import Counts, FunnelStage
from recruitment.services.equality_answers import seal_imported_answers
from recruitment.services.tallies import tally_campaign
from recruitment.store.applications import Application, StageEvent
from recruitment.store.campaigns import Campaign
from recruitment.store.equality import EqualityRow
from recruitment.store.releases import Tally
from recruitment.store.session import Sessions

AIM_SECONDS = 3.0
AIM_GROWTH = 2.0  # times the memory for four times the rows
MEGABYTE = 1024 * 1024


@dataclass
class Poll:
    """A campaign whose outcomes are final, with one sealed set of answers for each application."""

    home: Home
    campaign_id: UUID
    sealed: list[bytes]

    def refill(self) -> None:
        """As before the tally: the rows back, the counts gone."""
        with self.home.staff_desk.sessions.writing() as store:
            store.execute(delete(Tally).where(Tally.campaign_id == self.campaign_id))
            store.get_one(Campaign, self.campaign_id).state = CampaignState.DECIDED
            store.execute(
                insert(EqualityRow),
                [
                    {"campaign_id": self.campaign_id, "id": self.home.staff_desk.new_id(), "blob": blob}
                    for blob in self.sealed
                ],
            )


def make_poll(home: Home, number: int) -> Poll:
    """Answered by everybody, for the largest number of rows to open; a tenth reached the shortlist."""
    desk, random = home.staff_desk, Random(9)  # noqa: S311 - the same answers every time
    campaign_id = home.campaign(CampaignState.OPEN, 0)
    copy_to_floor(home, campaign_id)
    with desk.sessions.reading() as store:
        keys = desk.vault.public_keys(store, campaign_id)
    ids = [desk.new_id() for _ in range(number)]
    answers = [_answers(place, random) for place in range(number)]
    stages = [(key, "submitted") for key in ids] + [(key, "shortlisted") for key in ids[::10]]
    now = desk.now
    with desk.sessions.writing() as store:
        store.execute(
            insert(Application),
            [
                {"campaign_id": campaign_id, "id": key, "reference": f"{place:07}", "submitted_at": now}
                for place, key in enumerate(ids)
            ],
        )
        store.execute(
            insert(StageEvent),
            [{"campaign_id": campaign_id, "application_id": key, "kind": kind, "at": now} for key, kind in stages],
        )
    with home.floor.writing() as floor:
        floor.execute(
            insert(tables.Application),
            [
                {"campaign_id": campaign_id, "id": key, "reference": f"{place:07}", "submitted_at": now}
                for place, key in enumerate(ids)
            ],
        )
        floor.execute(
            insert(tables.StageEvent), [{"application_id": key, "kind": kind, "at": now} for key, kind in stages]
        )
        floor.execute(
            insert(tables.EqualityAnswers),
            [
                {"application_id": key, "campaign_id": campaign_id, "answers": given}
                for key, given in zip(ids, answers, strict=True)
            ],
        )
    sealed = [
        seal_imported_answers(desk=desk, keys=keys, application_id=key, answers=given)
        for key, given in zip(ids, answers, strict=True)
    ]
    return Poll(home, campaign_id, sealed)


def _answers(place: int, random: Random) -> dict[str, str]:
    given = None
    while given is None:
        given = make_candidate(place, random, random).equality
    return check_answers(given)


def tally_floor(sessions: Sessions, campaign_id: UUID) -> None:
    """The same crossing over plain rows, which it then deletes."""
    counts = Counts()
    with sessions.writing() as store:
        reached: dict[UUID, set[FunnelStage]] = {}
        rows = store.execute(
            select(tables.StageEvent.application_id, tables.StageEvent.kind)
            .join(tables.Application, tables.Application.id == tables.StageEvent.application_id)
            .where(tables.Application.campaign_id == campaign_id)
        )
        for application_id, kind in rows:
            reached.setdefault(application_id, set()).add(FunnelStage(kind))
        given = store.execute(
            select(tables.EqualityAnswers.application_id, tables.EqualityAnswers.answers)
            .where(tables.EqualityAnswers.campaign_id == campaign_id)
            .execution_options(yield_per=500)
        )
        for application_id, answers in given:
            counts.add(characteristics(answers), reached.pop(application_id))
        for stages in reached.values():
            counts.add_missing(stages)
        store.add(tables.Tally(campaign_id=campaign_id, counts=counts_to_json(counts)))
        store.execute(delete(tables.EqualityAnswers).where(tables.EqualityAnswers.campaign_id == campaign_id))


def _peak(poll: Poll) -> float:
    """Most memory held at once above what was held before, in bytes; Python's own, not SQLite's cache."""
    poll.refill()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    tally_campaign(poll.home.staff_desk, poll.campaign_id)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak - before


def measure_tally(home: Home, sizes: Sizes) -> Iterator[Row | Note]:
    large, small = make_poll(home, sizes.equality_rows), make_poll(home, sizes.fewer_equality_rows)
    large.refill()
    began = process_time()
    answered = tally_campaign(home.staff_desk, large.campaign_id)
    ours = process_time() - began
    began = process_time()
    tally_floor(home.floor, large.campaign_id)
    floor = process_time() - began
    yield Row("tally", f"the tally of {answered:,} sets of equality answers", ours * 1000, floor * 1000, None)
    slow = f"tally: {ours:.1f} seconds; the aim of {AIM_SECONDS:g} is missed." if ours > AIM_SECONDS else ""
    yield Note("tally", f"The tally took {ours:.2f} seconds of one core (aim: {AIM_SECONDS:g}).", slow)
    little, much = _peak(small), _peak(large)
    grown = ""
    if much > AIM_GROWTH * little:
        grown = (
            f"tally: its memory grows with the rows, {much / little:.1f} times for {_times(sizes)} times as many."
        )
    yield Note(
        "tally",
        f"Its peak of extra memory was {little / MEGABYTE:.1f} MB for {len(small.sealed):,} rows and "
        f"{much / MEGABYTE:.1f} MB for {len(large.sealed):,}.",
        grown,
    )


def _times(sizes: Sizes) -> str:
    return f"{sizes.equality_rows / sizes.fewer_equality_rows:g}"
