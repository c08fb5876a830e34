"""The retention clock: what is due when, what the night erases, and what a dry run leaves alone."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select, update

from recruitment.commands.retention import retention
from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, TooLate
from recruitment.rules.retention import Due, RetentionKind, add_months
from recruitment.services.jobs import ERASE_DUE
from recruitment.services.releases import prepare_release, read_release
from recruitment.services.retention import erase_due
from recruitment.services.retention_periods import current_periods, list_versions, set_periods
from recruitment.services.retention_plans import plan_erasures
from recruitment.services.tallies import tally_campaign
from recruitment.services.worker import keep_house, run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.equality import EqualityRow
from recruitment.store.jobs import Job
from recruitment.store.releases import Tally
from recruitment.store.retention import RetentionAct, was_erased
from recruitment.store.trail import TrailEvent
from tests.support.canaries import Withheld, apply
from tests.support.every_table import read_rows
from tests.support.world import World


def planned(world: World, kind: RetentionKind | None = None) -> list[Due]:
    with world.staff_desk.sessions.reading() as session:
        found = plan_erasures(session, world.organisation_id, world.clock.now.date())
    return [one for one in found if kind is None or one.kind is kind]


def set_months(world: World, reason: str = "Our lawyers asked.", **months: int) -> int:
    with world.staff_desk.sessions.writing() as session:
        return set_periods(
            session,
            actor=world.actor("recruiter"),
            desk=world.staff_desk,
            months={RetentionKind(kind): number for kind, number in months.items()},
            reason=reason,
        )


def count(world: World, table: type, **where: object) -> int:
    with world.staff_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table).filter_by(**where)) or 0


def test_periods_come_in_versions_with_a_reason_and_stand_in_the_trail(world: World) -> None:
    assert set_months(world, applications=18) == 1
    assert set_months(world, reason="Back to a year.", applications=12) == 2
    with world.staff_desk.sessions.reading() as session:
        assert current_periods(session, world.organisation_id)[RetentionKind.APPLICATIONS] == 12
        versions = list_versions(session, actor=world.actor("recruiter"))
        assert [each.reason for each in versions] == ["Back to a year.", "Our lawyers asked."]
        events = session.scalars(select(TrailEvent).where(TrailEvent.event == "retention_periods_set")).all()
        assert [event.detail["changed"] for event in events] == [
            {"Applications, scores and outcomes": [12, 18]},
            {"Applications, scores and outcomes": [18, 12]},
        ]


@pytest.mark.parametrize(
    ("reason", "months", "field"),
    [("", {"applications": 18}, "reason"), ("Why", {"applications": 1}, "applications"), ("", {}, "reason")],
)
def test_periods_without_a_reason_or_out_of_bounds_are_refused(
    world: World, reason: str, months: dict[str, int], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_months(world, reason=reason, **months)
    assert refused.value.field == field


def test_the_suggested_periods_can_be_adopted_as_they_are_and_then_only_changed(world: World) -> None:
    assert set_months(world) == 1
    with pytest.raises(Invalid):
        set_months(world)


def test_nobody_but_an_administrator_sets_periods(world: World) -> None:
    for actor in (world.actor("member"), system_actor(world.organisation_id)):
        with world.staff_desk.sessions.writing() as session, pytest.raises(NotAllowed):
            set_periods(session, actor=actor, desk=world.staff_desk, months={RetentionKind.TRAIL: 30}, reason="W")


def test_the_clock_of_a_campaign_runs_from_its_outcomes_by_the_bodys_own_period(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=12)
    today = world.clock.now.date()
    (one,) = planned(world, RetentionKind.APPLICATIONS)
    assert (one.campaign_id, one.began, one.due) == (campaign_id.hex, today, add_months(today, 12))
    assert one.records == 12
    set_months(world, applications=18)
    (one,) = planned(world, RetentionKind.APPLICATIONS)
    assert one.due == add_months(today, 18)


def test_a_campaign_left_unfinished_ends_a_year_after_it_closed(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.SIFTING)
    assert planned(world, RetentionKind.APPLICATIONS) == []
    with world.staff_desk.sessions.reading() as session:
        closed = session.get_one(Campaign, campaign_id).closes_at.date()
    world.clock.advance(days=370)
    (one,) = planned(world, RetentionKind.APPLICATIONS)
    assert one.due == add_months(closed, 24)


def test_a_dry_run_changes_nothing_and_the_night_erases_what_it_said(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    world.clock.advance(days=366)
    desk = world.staff_desk
    with desk.sessions.engine.connect() as connection:
        before = read_rows(connection)
    said = {(one.kind, one.campaign_id) for one in planned(world) if one.is_due(world.clock.now.date())}
    with desk.sessions.engine.connect() as connection:
        assert read_rows(connection) == before
    assert (RetentionKind.APPLICATIONS, campaign_id.hex) in said
    done = {(one.kind, one.campaign_id) for one in erase_due(desk)}
    # An account whose last application went the same night goes too.
    assert done - {(RetentionKind.ACCOUNTS, "")} == said
    assert count(world, Application) == 0
    with desk.sessions.reading() as session:
        assert was_erased(session, campaign_id, RetentionKind.APPLICATIONS)
    assert erase_due(desk) == []


def test_the_day_before_nothing_is_erased(world: World) -> None:
    world.campaign(until=CampaignState.DECIDED, applications=12)
    (one,) = planned(world, RetentionKind.APPLICATIONS)
    world.clock.now = world.clock.now.replace(year=one.due.year, month=one.due.month, day=one.due.day) - timedelta(
        days=1
    )
    assert not [each for each in erase_due(world.staff_desk) if each.kind is RetentionKind.APPLICATIONS]
    world.clock.advance(days=1)
    assert [each for each in erase_due(world.staff_desk) if each.kind is RetentionKind.APPLICATIONS]


def test_the_worker_erases_once_a_night_and_never_by_day(world: World) -> None:
    world.campaign(until=CampaignState.RELEASED, applications=12)
    desk = world.staff_desk
    world.clock.advance(days=366)
    world.clock.now = world.clock.now.replace(hour=12)
    keep_house(desk)
    keep_house(desk)
    run_due_jobs(desk, None)
    assert count(world, Application) == 12 and count(world, Job, kind=ERASE_DUE) == 1
    world.clock.advance(hours=14)
    run_due_jobs(desk, None)
    assert count(world, Application) == 0
    run_due_jobs(desk, None)
    with desk.sessions.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.kind == ERASE_DUE))
        assert job.run_after > desk.now


def test_figures_that_were_released_stay_and_their_counts_go_by_a_clock_of_their_own(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    desk, analyst = world.staff_desk, world.actor("analyst")
    world.clock.advance(days=366)
    erase_due(desk)
    assert count(world, Tally) == 1
    (one,) = planned(world, RetentionKind.COUNTS)
    assert one.due > world.clock.now.date()
    world.clock.advance(days=3 * 366)
    erase_due(desk)
    assert planned(world, RetentionKind.COUNTS) == []
    with desk.sessions.reading() as session:
        assert session.get_one(Tally, campaign_id).blob == b""
        assert read_release(session, actor=analyst, campaign_id=campaign_id).tables


def test_counts_that_were_erased_make_no_release(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.TALLIED, applications=12)
    with world.staff_desk.sessions.writing() as session:
        session.execute(update(Tally).values(blob=b""))
    with world.staff_desk.sessions.reading() as session, pytest.raises(TooLate):
        prepare_release(session, actor=world.actor("analyst"), desk=world.staff_desk, campaign_id=campaign_id)


def test_answers_that_nobody_counted_go_in_time_and_the_tally_then_finds_none(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    apply(world, campaign_id, Withheld())
    desk = world.staff_desk
    world.clock.advance(days=420)
    assert [one.campaign_id for one in planned(world, RetentionKind.EQUALITY_ANSWERS)] == [campaign_id.hex]
    erase_due(desk)
    assert count(world, EqualityRow, campaign_id=campaign_id) == 0
    assert count(world, Application, campaign_id=campaign_id) == 4
    with desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.DECIDED
    assert tally_campaign(desk, campaign_id) == 0


def test_an_account_without_an_application_goes_on_the_first_of_a_month_and_one_in_use_stays(world: World) -> None:
    idle, busy = world.add_candidate("idle@example.org"), world.add_candidate("busy@example.org")
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=2)
    apply(world, campaign_id, Withheld(), actor=busy)
    world.clock.now = world.clock.now.replace(year=2027, month=9, day=30)
    erase_due(world.staff_desk)
    assert count(world, Candidate, id=idle.id) == 1
    world.clock.now = world.clock.now.replace(month=10, day=1)
    erase_due(world.staff_desk)
    assert count(world, Candidate, id=idle.id) == 0
    assert count(world, Candidate, id=busy.id) == 1


def test_a_worker_that_died_between_keys_and_rows_is_made_up_for_the_next_night(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    world.clock.advance(days=366)
    world.staff_desk.vault.destroy_keys(campaign_id)
    erase_due(world.staff_desk)
    assert count(world, Application) == 0 and count(world, RetentionAct, kind="applications") == 1


def test_the_command_says_what_would_go_and_erases_only_when_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.campaign(until=CampaignState.RELEASED, applications=12)
    world.clock.advance(days=366)
    monkeypatch.setattr("recruitment.commands.retention.open_staff_desk", lambda config: world.staff_desk)
    said = CliRunner().invoke(retention, [])
    assert said.exit_code == 0, said.output
    assert "tonight     Applications, scores and outcomes of “" in said.output
    assert "Applications, scores and outcomes: 12 months after the campaign has ended" in said.output
    assert count(world, Application) == 12
    early = CliRunner().invoke(retention, ["--until", "2026-10-01"])
    assert "tonight" not in early.output
    done = CliRunner().invoke(retention, ["--erase", "--no-wait"])
    assert "Erased: Applications, scores and outcomes" in done.output
    assert count(world, Application) == 0


def test_days_of_the_plan_are_in_order(world: World) -> None:
    world.campaign(until=CampaignState.RELEASED, applications=12)
    days: list[date] = [one.due for one in planned(world)]
    assert days == sorted(days) and len(days) >= 3
    assert all(isinstance(one.campaign_id, str) and UUID(hex=one.campaign_id) for one in planned(world))
