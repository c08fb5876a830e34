"""A campaign counted as it stood when the reporting year ended, and what comes after it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.commands.sample.scoring import score_interviews
from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.counts_format import counts_from_json
from recruitment.rules.errors import NotAllowed, TooLate, TooSoon
from recruitment.rules.funnel import FunnelStage
from recruitment.rules.outcomes import Outcome
from recruitment.rules.publication_remarks import COUNTED_AT_CUT_OFF
from recruitment.rules.publications import Period, PublicationKind
from recruitment.services import outcomes
from recruitment.services.cut_offs import ask_cut_off_tally, count_later_appointments, why_no_cut_off_tally
from recruitment.services.equality_answers import prepare_equality_withdrawals, store_equality_row
from recruitment.services.exact_counts import list_tallied
from recruitment.services.openings import record_opening
from recruitment.services.publication_plans import Wanted
from recruitment.services.publications import prepare_publication, publish, read_publication
from recruitment.services.releases import prepare_release, read_release, release_funnel
from recruitment.services.tallies import tally_campaign, watch_new_rows
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign, list_vacancies
from recruitment.store.equality import count_rows
from recruitment.store.releases import Tally
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.counts import open_counts
from tests.support.panels import PANEL
from tests.support.world import World

S = CampaignState
CUT_OFF = date(2027, 3, 31)
APRIL = datetime(2027, 4, 5, 9, 0, tzinfo=UTC)


def ask(world: World, campaign_id: UUID, part: str = "analyst") -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        ask_cut_off_tally(session, actor=world.actor(part), desk=desk, campaign_id=campaign_id)


def why_not(world: World, campaign_id: UUID) -> str:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return why_no_cut_off_tally(session, actor=world.actor("analyst"), desk=desk, campaign_id=campaign_id)


def decide(world: World, campaign_id: UUID) -> None:
    """Interview everybody and appoint the best, as the panel does."""
    desk, chair = world.staff_desk, world.actor(PANEL[0])
    with desk.sessions.reading() as session:
        ids = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).all()
    abilities = {application_id: 0.9 for application_id in ids}
    score_interviews(desk, campaign_id, [world.actor(part) for part in PANEL], abilities, Random(3))
    with desk.sessions.writing() as session:
        merit = outcomes.read_merit(session, actor=chair, campaign_id=campaign_id)
        vacancy, *_ = list_vacancies(session, campaign_id)
        decisions = {
            one.application_id: outcomes.Decided(
                Outcome.APPOINTED if place < vacancy.posts else Outcome.RESERVE,
                vacancy.id if place < vacancy.posts else None,
                "The whole panel agreed the order.",
            )
            for place, one in enumerate(merit)
        }
        outcomes.decide_outcomes(session, actor=chair, desk=desk, campaign_id=campaign_id, decisions=decisions)


def state_of(world: World, campaign_id: UUID) -> CampaignState:
    with world.staff_desk.sessions.reading() as session:
        return CampaignState(session.get_one(Campaign, campaign_id).state)


@pytest.fixture
def counted(world: World) -> UUID:
    """A campaign of which the shortlist was revealed, counted after the end of the year."""
    campaign_id = world.campaign(until=S.REVEALED, applications=40)
    world.clock.now = APRIL
    ask(world, campaign_id)
    run_due_jobs(world.staff_desk, None)
    return campaign_id


def test_a_campaign_without_final_outcomes_is_counted_for_the_year_that_is_over(
    world: World, counted: UUID
) -> None:
    with world.staff_desk.sessions.reading() as session:
        (row,) = list_tallied(session, world.organisation_id)
        assert count_rows(session, counted) == 0
    assert (row.day, row.cut_off) == (CUT_OFF, CUT_OFF)
    assert state_of(world, counted) is S.REVEALED


def test_what_happened_after_the_cut_off_is_not_counted(world: World) -> None:
    campaign_id = world.campaign(until=S.REVEALED, applications=12)
    world.clock.now = APRIL - timedelta(days=1)
    ask(world, campaign_id)
    world.clock.now = APRIL
    with world.staff_desk.sessions.writing() as session:
        first = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).first()
        session.add(
            StageEvent(campaign_id=campaign_id, application_id=first, kind=StageEventKind.WITHDREW, at=APRIL)
        )
    run_due_jobs(world.staff_desk, None)
    desk = world.staff_desk
    receipt = record_opening(
        desk, actor=world.actor("analyst"), compartment=Compartment.COUNTS, scope_id=world.organisation_id,
        records=[campaign_id], ground="test",
    )  # fmt: skip
    with desk.sessions.reading() as session:
        blob = session.get_one(Tally, campaign_id).blob
    counts = counts_from_json(open_counts(desk.vault, receipt, campaign_id, blob))
    assert counts.total(FunnelStage.SUBMITTED) == 12
    assert sum(counts.exit_totals) == 0
    assert counts.total(FunnelStage.SHORTLISTED) > 0 == counts.total(FunnelStage.APPOINTED)


def test_the_campaign_goes_on_and_its_outcomes_are_never_counted_again(world: World, counted: UUID) -> None:
    with world.staff_desk.sessions.reading() as session:
        before = session.get_one(Tally, counted).blob
    decide(world, counted)
    run_due_jobs(world.staff_desk, None)
    assert state_of(world, counted) is S.TALLIED
    with world.staff_desk.sessions.reading() as session:
        row = session.get_one(Tally, counted)
        assert (row.blob, row.cut_off) == (before, CUT_OFF)


def test_whoever_is_appointed_after_the_count_is_a_total_of_the_next_year(world: World, counted: UUID) -> None:
    decide(world, counted)
    with world.staff_desk.sessions.reading() as session:
        first, later = (
            count_later_appointments(
                session, world.organisation_id, Period(date(year, 4, 1), date(year + 1, 3, 31))
            )
            for year in (2026, 2027)
        )
        assert first == 0 < later


def test_appointments_that_were_counted_with_their_campaign_are_not_told_again(world: World) -> None:
    world.campaign(until=S.TALLIED, applications=12)
    with world.staff_desk.sessions.reading() as session:
        year = Period(date(2026, 4, 1), date(2027, 3, 31))
        assert count_later_appointments(session, world.organisation_id, year) == 0


@pytest.mark.sqlite_only
def test_every_figure_of_such_a_count_is_marked(world: World, counted: UUID) -> None:
    desk, analyst = world.staff_desk, world.actor("analyst")
    with desk.sessions.reading() as session:
        prepared = prepare_publication(session, actor=analyst, desk=desk, wanted=Wanted(PublicationKind.ANNUAL))
    with desk.sessions.writing() as session:
        publication_id = publish(session, actor=analyst, desk=desk, prepared=prepared)
    decide(world, counted)
    run_due_jobs(desk, None)
    with desk.sessions.reading() as session:
        alone = prepare_release(session, actor=analyst, desk=desk, campaign_id=counted)
    with desk.sessions.writing() as session:
        release_funnel(session, actor=analyst, desk=desk, prepared=alone)
    with desk.sessions.reading() as session:
        published = read_publication(session, actor=analyst, publication_id=publication_id)
        released = read_release(session, actor=analyst, campaign_id=counted)
    assert published.period.last == CUT_OFF
    assert published.remarks[0].casefold().startswith(COUNTED_AT_CUT_OFF)
    assert released.remarks[0].casefold().startswith(COUNTED_AT_CUT_OFF)
    assert released.tables == published.tables  # the same people have the same figures
    client = world.staff_client()
    world.sign_in(client, "analyst")
    for address in (f"/publications/{publication_id}", f"/campaigns/{counted}/release"):
        assert COUNTED_AT_CUT_OFF in client.get(address).text.casefold()
    assert COUNTED_AT_CUT_OFF in client.get(f"/publications/{publication_id}/figures.csv").text.casefold()


def test_nothing_can_be_answered_or_left_behind_once_it_is_counted(world: World) -> None:
    campaign_id = world.campaign(until=S.REVEALED, applications=12)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        candidate_id = session.scalars(
            select(Application.candidate_id).where(Application.campaign_id == campaign_id)
        ).first()
        candidate = Actor(ActorKind.CANDIDATE, candidate_id, world.organisation_id)
        (late,) = prepare_equality_withdrawals(session, actor=candidate, desk=desk, campaign_id=campaign_id)
    world.clock.now = APRIL
    ask(world, campaign_id)
    run_due_jobs(desk, None)
    with desk.sessions.reading() as session, pytest.raises(TooLate):
        prepare_equality_withdrawals(session, actor=candidate, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        store_equality_row(session, campaign_id=campaign_id, blob=late)
    watch_new_rows(desk)
    with desk.sessions.reading() as session:
        assert count_rows(session, campaign_id) == 0


@pytest.mark.parametrize("until", [S.SIFTING, S.FROZEN])
def test_before_the_reveal_nothing_is_counted_at_a_cut_off(world: World, until: CampaignState) -> None:
    campaign_id = world.campaign(until=until, applications=12)
    world.clock.now = APRIL
    with pytest.raises(TooSoon, match="between the reveal"):
        ask(world, campaign_id)
    assert tally_campaign(world.staff_desk, campaign_id, CUT_OFF) == 0


def test_a_shortlist_revealed_after_the_cut_off_counts_in_the_next_year(world: World) -> None:
    world.clock.now = datetime(2027, 3, 20, 9, 0, tzinfo=UTC)
    campaign_id = world.campaign(until=S.REVEALED, applications=12)
    assert "counts in the next year" in why_not(world, campaign_id)


def test_only_the_end_of_the_last_year_is_a_cut_off(world: World) -> None:
    campaign_id = world.campaign(until=S.REVEALED, applications=12)
    world.clock.now = APRIL
    assert why_not(world, campaign_id) == ""
    assert tally_campaign(world.staff_desk, campaign_id, date(2027, 2, 28)) == 0
    with world.staff_desk.sessions.reading() as session:
        assert count_rows(session, campaign_id) > 0


@pytest.mark.parametrize("part", ["recruiter", "shortlister_one", "auditor"])
def test_only_an_analyst_of_the_campaign_asks_for_it(world: World, part: str) -> None:
    campaign_id = world.campaign(until=S.REVEALED, applications=12)
    world.clock.now = APRIL
    with pytest.raises(NotAllowed):
        ask(world, campaign_id, part)


def test_the_page_tells_what_is_lost_before_anything_is_counted(world: World) -> None:
    campaign_id = world.campaign(until=S.REVEALED, applications=12)
    world.clock.now = APRIL
    client = world.staff_client()
    world.sign_in(client, "analyst")
    assert f"/campaigns/{campaign_id}/cut-off" in client.get(f"/campaigns/{campaign_id}/release").text
    assert "erased when they are counted" in client.get(f"/campaigns/{campaign_id}/cut-off").text
    assert client.post(f"/campaigns/{campaign_id}/cut-off").status_code == 303
    run_due_jobs(world.staff_desk, None)
    assert "outcomes not final" in client.get(f"/campaigns/{campaign_id}/release").text
    assert "counted already" in client.get(f"/campaigns/{campaign_id}/cut-off").text
