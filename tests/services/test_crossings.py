"""Two characteristics of a year's people: asked for by an analyst, worked out by the worker, found with it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.disclosure import ReleaseTable
from recruitment.rules.errors import Invalid, NotAllowed, NotFound
from recruitment.rules.publications import PublicationKind
from recruitment.services import crossings, release_ledger
from recruitment.services.crossings import ask_crossing, read_crossings, work_out_crossing
from recruitment.services.publication_plans import Wanted
from recruitment.services.publication_requests import LONGEST_WORK, StillWorking
from recruitment.services.publications import prepare_publication, publish, read_publication
from recruitment.services.releases import prepare_release, read_release, release_funnel
from recruitment.services.worker import run_due_jobs
from recruitment.store.crossings import Crossing
from recruitment.store.people import CampaignRole
from recruitment.store.trail import TrailEvent
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
PAIR = "ethnic_group × sex"


def make(world: World, kind: PublicationKind) -> UUID:
    desk, actor = world.staff_desk, world.actor("analyst")
    with desk.sessions.reading() as session:
        prepared = prepare_publication(session, actor=actor, desk=desk, wanted=Wanted(kind))
    with desk.sessions.writing() as session:
        return publish(session, actor=actor, desk=desk, prepared=prepared)


def ask(world: World, publication_id: UUID, pair: str = PAIR, part: str = "analyst") -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        ask_crossing(session, actor=world.actor(part), desk=desk, publication_id=publication_id, pair=pair)


def found(world: World, publication_id: UUID) -> tuple[ReleaseTable, ...]:
    with world.staff_desk.sessions.reading() as session:
        actor = world.actor("recruiter")
        return read_publication(session, actor=actor, publication_id=publication_id).crossings


def asked(world: World, publication_id: UUID) -> list[crossings.AskedCrossing]:
    with world.staff_desk.sessions.reading() as session:
        return read_crossings(session, actor=world.actor("analyst"), publication_id=publication_id)[0]


@pytest.fixture
def campaigns(world: World) -> list[UUID]:
    made = world.campaigns(
        {"until": CampaignState.TALLIED, "applications": 60, "seed": 1},
        {"until": CampaignState.TALLIED, "applications": 40, "seed": 2, "title": "Second campaign"},
    )
    world.clock.advance(days=366)
    return made


@pytest.fixture
def year(world: World, campaigns: list[UUID]) -> UUID:
    return make(world, PublicationKind.ANNUAL)


def test_a_crossing_is_worked_out_and_found_with_the_year_and_both_are_in_the_trail(
    world: World, year: UUID
) -> None:
    ask(world, year)
    assert [(one.pair, one.is_published, one.refusal) for one in asked(world, year)] == [(PAIR, False, "")]
    run_due_jobs(world.staff_desk, None)
    (table,) = found(world, year)
    assert table.title == "Ethnic group and sex together"
    figures = {row.code: row.figures[0].shown for row in table.rows}
    assert any(figures.values())
    assert [figure for figure in figures.values() if figure is not None and 0 < figure < 8] == []
    with world.staff_desk.sessions.reading() as session:
        own = read_publication(session, actor=world.actor("analyst"), publication_id=year)
        events = session.scalars(select(TrailEvent.event)).all()
    assert table.total == own.tables[0].total
    assert {"crossing_asked", "crossing_published"} <= set(events)


def test_a_crossing_asked_for_twice_is_made_once(world: World, year: UUID) -> None:
    ask(world, year)
    ask(world, year)
    run_due_jobs(world.staff_desk, None)
    ask(world, year)
    run_due_jobs(world.staff_desk, None)
    assert len(found(world, year)) == 1


def test_a_campaign_released_after_a_crossing_is_read_together_with_it(
    world: World, campaigns: list[UUID], year: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(world, year)
    run_due_jobs(world.staff_desk, None)
    read = []
    release = release_ledger.Ledger.release

    def watched(self, scope, own, held, *rest, **named):
        read.append((self.entries, held))
        return release(self, scope, own, held, *rest, **named)

    monkeypatch.setattr(release_ledger.Ledger, "release", watched)
    desk, analyst = world.staff_desk, world.actor("analyst")
    with desk.sessions.reading() as session:
        prepared = prepare_release(session, actor=analyst, desk=desk, campaign_id=campaigns[0])
    with desk.sessions.writing() as session:
        release_funnel(session, actor=analyst, desk=desk, prepared=prepared)
    ((entries, held),) = read
    assert any(cell.line == PAIR for entry in entries for cell in entry.published)
    assert all(PAIR in {line.name for line in each.shape.lines} for each in held.values())
    with desk.sessions.reading() as session:
        tables = read_release(session, actor=analyst, campaign_id=campaigns[0]).tables
    assert PAIR not in {table.characteristic for table in tables}


def test_a_release_made_while_a_crossing_is_worked_out_makes_it_begin_again(
    world: World, campaigns: list[UUID], year: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(world, year)
    desk, analyst, tries = world.staff_desk, world.actor("analyst"), []
    prepare = crossings._prepare

    def meanwhile(session, desk_, crossing_id):
        made = prepare(session, desk_, crossing_id)
        if not tries:
            with desk.sessions.reading() as reading:
                prepared = prepare_release(reading, actor=analyst, desk=desk, campaign_id=campaigns[0])
            with desk.sessions.writing() as writing:
                release_funnel(writing, actor=analyst, desk=desk, prepared=prepared)
        tries.append(made)
        return made

    monkeypatch.setattr(crossings, "_prepare", meanwhile)
    run_due_jobs(desk, None)
    assert len(tries) == 2
    assert asked(world, year)[0].is_published


def test_few_people_are_not_crossed_and_a_sentence_says_so(world: World) -> None:
    world.campaign(until=CampaignState.TALLIED, applications=24)
    world.clock.advance(days=366)
    year = make(world, PublicationKind.ANNUAL)
    ask(world, year)
    run_due_jobs(world.staff_desk, None)
    (one,) = asked(world, year)
    assert not one.is_published
    assert one.refusal.endswith(".")
    assert found(world, year) == ()


def test_figures_that_are_added_up_are_not_crossed(world: World) -> None:
    world.campaigns(
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 1},
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 2, "title": "Second campaign"},
        {"until": CampaignState.RELEASED, "applications": 40, "seed": 4, "title": "Third campaign"},
        {"until": CampaignState.TALLIED, "applications": 40, "seed": 3, "title": "Fourth campaign"},
    )
    world.clock.advance(days=366)
    year = make(world, PublicationKind.ANNUAL)
    ask(world, year)
    run_due_jobs(world.staff_desk, None)
    assert "added up" in asked(world, year)[0].refusal


def test_less_than_a_year_is_never_crossed(world: World) -> None:
    world.campaign(until=CampaignState.TALLIED, applications=40)
    run = make(world, PublicationKind.RUN)
    with pytest.raises(Invalid, match="twelve months"):
        ask(world, run)
    with world.staff_desk.sessions.reading() as session:
        assert read_crossings(session, actor=world.actor("analyst"), publication_id=run) == ([], [])


def test_only_pairs_that_are_fixed_in_advance_are_crossed(world: World, year: UUID) -> None:
    with pytest.raises(Invalid, match="Select"):
        ask(world, year, pair="religion × sex")


@pytest.mark.parametrize("part", ["recruiter", "shortlister_one", "auditor", "member"])
def test_only_an_analyst_asks(world: World, year: UUID, part: str) -> None:
    with pytest.raises(NotAllowed):
        ask(world, year, part=part)


def test_a_publication_of_another_body_is_not_found(world: World, year: UUID) -> None:
    with pytest.raises(NotFound):
        ask(world, world.staff_desk.new_id())


def test_two_workers_do_not_work_out_the_same_crossing(world: World, year: UUID) -> None:
    ask(world, year)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        row = session.scalars(select(Crossing)).one()
        row.begun_at, crossing_id = desk.now, row.id
    with pytest.raises(StillWorking):
        work_out_crossing(desk, crossing_id)
    world.clock.advance(seconds=LONGEST_WORK.total_seconds() + 1)
    work_out_crossing(desk, crossing_id)
    assert len(found(world, year)) == 1


def test_somebody_who_is_no_analyst_any_more_publishes_nothing(world: World, year: UUID) -> None:
    ask(world, year)
    with world.staff_desk.sessions.writing() as session:
        for role in session.scalars(select(CampaignRole).where(CampaignRole.person_id == world.people["analyst"])):
            session.delete(role)
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(Crossing)).one()
        assert (row.tables, row.refusal) == (None, "Whoever asked for it is no longer an analyst of a campaign.")
