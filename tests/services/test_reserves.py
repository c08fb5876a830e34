"""A reserve is appointed after the outcomes are final: by two people, in order of merit or with a reason."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, Stale, TooSoon
from recruitment.rules.publications import PublicationKind
from recruitment.services.publication_plans import Wanted
from recruitment.services.publications import prepare_publication
from recruitment.services.reserves import agree_reserve, call_reserve, read_reserves
from recruitment.store.applications import StageEvent
from recruitment.store.campaigns import Campaign
from recruitment.store.interviews import Outcome
from recruitment.store.people import CampaignRole
from recruitment.store.releases import Tally
from recruitment.store.trail import TrailEvent
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
CHAIR = "shortlister_one"


@pytest.fixture
def campaign(world: World) -> UUID:
    return world.campaign(until=CampaignState.TALLIED, applications=40)


def read(world: World, campaign_id: UUID, part: str = "recruiter"):
    with world.staff_desk.sessions.reading() as session:
        return read_reserves(session, actor=world.actor(part), campaign_id=campaign_id)


def call(world: World, campaign_id: UUID, which: int = 0, part: str = "recruiter", **changes) -> UUID:
    found = read(world, campaign_id)
    chosen = found.listed[which].application_id
    asked = {
        "application_id": chosen,
        "vacancy_id": found.vacancies[0][0],
        "reason": "The person appointed withdrew.",
    }
    with world.staff_desk.sessions.writing() as session:
        call_reserve(
            session,
            actor=world.actor(part),
            desk=world.staff_desk,
            campaign_id=campaign_id,
            **(asked | changes),
        )
    return chosen


def agree(world: World, campaign_id: UUID, application_id: UUID, part: str = CHAIR) -> None:
    with world.staff_desk.sessions.writing() as session:
        agree_reserve(
            session,
            actor=world.actor(part),
            desk=world.staff_desk,
            campaign_id=campaign_id,
            application_id=application_id,
        )


def test_a_recruiter_asks_and_the_chair_agrees_and_only_then_is_anybody_appointed(
    world: World, campaign: UUID
) -> None:
    before = read(world, campaign)
    assert len(before.listed) > 1
    assert [one.place for one in before.listed] == sorted(one.place for one in before.listed)
    chosen = call(world, campaign)
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Outcome, (campaign, chosen)).result == "reserve"
    assert read(world, campaign, CHAIR).waiting.application_id == chosen
    agree(world, campaign, chosen)
    after = read(world, campaign)
    assert after.waiting is None
    assert [one.application_id for one in after.appointed] == [chosen]
    assert chosen not in {one.application_id for one in after.listed}
    with world.staff_desk.sessions.reading() as session:
        kinds = session.scalars(select(StageEvent.kind).where(StageEvent.application_id == chosen)).all()
        events = session.scalars(select(TrailEvent.event).where(TrailEvent.chain_id == campaign)).all()
    assert {"reserve", "offered", "appointed"} <= set(kinds)
    assert events[-2:] == ["reserve_called", "reserve_appointed"]


def test_what_was_counted_stays_and_the_next_annual_figures_tell_of_one_appointment_more(
    world: World, campaign: UUID
) -> None:
    with world.staff_desk.sessions.reading() as session:
        counted = session.get_one(Tally, campaign).blob
    world.clock.advance(days=1)
    agree(world, campaign, call(world, campaign))
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Tally, campaign).blob == counted
    world.clock.advance(days=366)
    with world.staff_desk.sessions.reading() as session:
        prepared = prepare_publication(
            session,
            actor=world.actor("analyst"),
            desk=world.staff_desk,
            wanted=Wanted(PublicationKind.ANNUAL),
        )
    assert prepared.remarks.later == 1


def test_somebody_placed_higher_is_passed_over_only_with_a_reason(world: World, campaign: UUID) -> None:
    last = len(read(world, campaign).listed) - 1
    with pytest.raises(Invalid, match="placed higher") as refused:
        call(world, campaign, last)
    assert refused.value.field == "passed_over"
    call(world, campaign, last, passed_over="They took other posts.")
    waiting = read(world, campaign).waiting
    assert waiting.passed_over == "They took other posts."
    assert waiting.placed_higher >= 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": " "}, "reason"),
        ({"vacancy_id": UUID(int=1)}, "vacancy"),
        ({"application_id": UUID(int=1)}, "application"),
    ],
)
def test_what_is_missing_is_named(world: World, campaign: UUID, changes, field) -> None:
    with pytest.raises(Invalid) as refused:
        call(world, campaign, **changes)
    assert refused.value.field == field


def test_another_asked_for_meanwhile_is_not_agreed_to(world: World, campaign: UUID) -> None:
    first = call(world, campaign)
    second = call(world, campaign, 1, passed_over="They declined.")
    with pytest.raises(Stale):
        agree(world, campaign, first)
    agree(world, campaign, second)
    with pytest.raises(TooSoon):
        agree(world, campaign, second)


@pytest.mark.parametrize("part", ["recruiter", "member", "analyst", "auditor"])
def test_nobody_but_the_chair_or_deputy_agrees(world: World, campaign: UUID, part: str) -> None:
    chosen = call(world, campaign)
    with pytest.raises(NotAllowed):
        agree(world, campaign, chosen, part)


@pytest.mark.parametrize("part", [CHAIR, "member", "analyst", "auditor"])
def test_nobody_but_a_recruiter_asks(world: World, campaign: UUID, part: str) -> None:
    with pytest.raises(NotAllowed):
        call(world, campaign, part=part)


def test_whoever_asked_does_not_agree_even_as_a_deputy(world: World, campaign: UUID) -> None:
    chosen = call(world, campaign)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        session.add(
            CampaignRole(
                campaign_id=campaign, person_id=world.people["recruiter"], role="deputy", given_at=desk.now
            )
        )
    with pytest.raises(NotAllowed):
        agree(world, campaign, chosen, "recruiter")


def test_before_the_outcomes_are_final_there_is_no_reserve_list(world: World) -> None:
    revealed = world.campaign(until=CampaignState.REVEALED, applications=8)
    with pytest.raises(TooSoon):
        read(world, revealed)


def test_a_reserve_is_called_up_from_a_campaign_that_its_checklist_closed(world: World, campaign: UUID) -> None:
    """The list may be needed long after the campaign was closed, and closing must not make it useless."""
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign).closed_at = world.clock.now
    chosen = call(world, campaign)
    agree(world, campaign, chosen)
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Outcome, (campaign, chosen)).result == "appointed"
