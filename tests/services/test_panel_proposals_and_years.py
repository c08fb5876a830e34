"""Panels proposed for all campaigns of a period, taken by their recruiter; and the year's view."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from recruitment.rules.allocation import Infeasible, Locked, Proposal
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotAllowed, NotFound
from recruitment.rules.panel_members import Duty
from recruitment.rules.permissions import PANEL_ROLES
from recruitment.rules.pool import PoolAnswers
from recruitment.services import panel_proposals, pool
from recruitment.services.panel_arrangements import Arrangements, arrange_panel
from recruitment.services.panel_years import FEWEST_PANELS, read_own_load, read_panel_year
from recruitment.services.panels import seated_on
from recruitment.store.panels import Booking, PanelCheck
from recruitment.store.people import CampaignRole
from recruitment.store.trail import TrailEvent
from tests.support.panels import add_pooled


def wanted_campaign(world, seed=1, title="Casework officer"):
    """An open campaign with interviews planned in a month and nobody on its panel."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3, seed=seed, title=title)
    desk = world.staff_desk
    first = desk.now.date() + timedelta(days=30)
    with desk.sessions.writing() as session:
        session.execute(
            delete(CampaignRole).where(
                CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_(sorted(PANEL_ROLES))
            )
        )
        arrange_panel(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id,
            arrangements=Arrangements("Casework", "Band 5", first, first + timedelta(days=1)),
        )  # fmt: skip
    return campaign_id


def propose(world, locked=None, part="recruiter"):
    desk = world.staff_desk
    today = desk.now.date()
    with desk.sessions.reading() as session:
        return panel_proposals.propose_panels(
            session, actor=world.actor(part), desk=desk, first_day=today, last_day=today + timedelta(days=90),
            locked=locked or {},
        )  # fmt: skip


def test_a_panel_is_proposed_from_the_pool_and_taken_by_the_recruiter(world):
    campaign_id = wanted_campaign(world)
    found = propose(world)
    assert isinstance(found.outcome, Proposal)
    panel = found.outcome.panel(str(campaign_id))
    assert len(panel.seats) == 3 and panel.with_duty(Duty.CHAIR) and panel.with_duty(Duty.INCLUSION_LEAD)

    from uuid import UUID

    desk = world.staff_desk
    seats = [(UUID(seat.member), seat.duty) for seat in panel.seats]
    with desk.sessions.writing() as session:
        panel_proposals.take_proposal(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id, seats=seats
        )
    with desk.sessions.reading() as session:
        assert {str(seat.id) for seat in seated_on(session, campaign_id)} == panel.members


def test_a_locked_member_stays_and_the_rest_is_solved_again(world):
    campaign_id = wanted_campaign(world)
    first = propose(world).outcome.panel(str(campaign_id))
    other = next(
        str(world.people[part]) for part in ("shortlister_three", "deputy")
        if str(world.people[part]) not in first.members
    )  # fmt: skip
    again = propose(world, {campaign_id: [Locked(other)]}).outcome.panel(str(campaign_id))
    assert other in again.members


def test_where_nobody_can_chair_the_reason_is_named(world):
    wanted_campaign(world)
    desk = world.staff_desk
    day = desk.now.date() + timedelta(days=30)
    for part in ("shortlister_one", "member", "deputy"):
        with desk.sessions.writing() as session:
            pool.add_absence(session, actor=world.actor(part), desk=desk, first_day=day, last_day=day)
    found = propose(world).outcome
    assert isinstance(found, Infeasible)
    assert any("chair" in reason.sentence for reason in found.reasons)


def test_answers_are_opened_for_proposals_with_a_record_and_appear_nowhere(world):
    wanted_campaign(world)
    add_pooled(world, "zora", PoolAnswers("female", "black", "yes", may_check=True, may_propose=True))
    found = propose(world)
    assert "black" not in repr(found) and "female" not in repr(found)
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.event == "compartment_opened")).all()
    assert [each.detail["ground"] for each in events if each.detail["compartment"] == "pool"] == [
        "to propose panels, as far as people consented to that"
    ]


def test_who_recruits_nowhere_proposes_nothing_and_takes_nothing(world):
    campaign_id = wanted_campaign(world)
    with pytest.raises(NotAllowed):
        propose(world, part="member")
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        with pytest.raises(NotAllowed):
            panel_proposals.take_proposal(
                session, actor=world.actor("analyst"), desk=desk, campaign_id=campaign_id, seats=[]
            )
        with pytest.raises(NotFound):
            panel_proposals.take_proposal(
                session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id,
                seats=[(world.people["analyst"], None)],
            )  # fmt: skip


def year_of(world):
    with world.staff_desk.sessions.reading() as session:
        return read_panel_year(session, actor=world.actor("recruiter"), desk=world.staff_desk)


def test_each_member_sees_their_own_load_and_the_team_a_distribution(world):
    world.campaign(until=CampaignState.REVEALED, applications=6)
    with world.staff_desk.sessions.reading() as session:
        own = read_own_load(session, actor=world.actor("member"), desk=world.staff_desk)
    assert (own.panels, own.most) == (1, 12)
    found = year_of(world)
    assert dict(found.distribution) == {0: 2, 1: 3}


def test_the_share_that_met_the_standard_is_not_told_below_ten_panels(world):
    """With nine panels answered the share stays untold; the tenth tells it."""
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=6)
    desk = world.staff_desk
    assert year_of(world).met is None

    with desk.sessions.writing() as session:
        from recruitment.store.campaigns import Campaign
        from recruitment.store.interviews import ShortlistEntry

        check = session.scalars(select(PanelCheck).where(PanelCheck.campaign_id == campaign_id)).first()
        booking = session.scalars(select(Booking).where(Booking.campaign_id == campaign_id)).first()
        held = session.get_one(Campaign, campaign_id)
        assert check is not None and booking is not None
        for number in range(FEWEST_PANELS - 1):
            copied = _copy(session, desk, held, check, booking, ShortlistEntry)
            assert copied != campaign_id, number
    assert year_of(world).met == 1.0


def _copy(session, desk, held, check, booking, entry_table):
    """Another campaign that interviewed today, with the same findings."""
    from recruitment.store.applications import Application
    from recruitment.store.campaigns import Campaign

    campaign_id = desk.new_id()
    columns = {column.key: getattr(held, column.key) for column in Campaign.__table__.columns}
    session.add(Campaign(**columns | {"id": campaign_id, "inclusion_question_id": None}))
    source = session.scalars(select(Application).where(Application.campaign_id == held.id)).first()
    kept = {column.key: getattr(source, column.key) for column in Application.__table__.columns}
    session.flush()
    session.add(Application(**kept | {"campaign_id": campaign_id}))
    session.flush()
    session.add(entry_table(campaign_id=campaign_id, application_id=source.id))
    session.flush()
    session.add(
        Booking(
            campaign_id=campaign_id, application_id=source.id, day=booking.day, begins="9:00",
            booked_by=booking.booked_by, booked_at=booking.booked_at,
        )
    )  # fmt: skip
    rows = {column.key: getattr(check, column.key) for column in PanelCheck.__table__.columns}
    session.add(PanelCheck(**rows | {"campaign_id": campaign_id, "id": desk.new_id()}))
    session.flush()
    return campaign_id


def test_training_that_will_end_and_panels_that_will_lack_an_adviser_are_listed(world):
    campaign_id = wanted_campaign(world)
    add_pooled(world, "late", lasts=20)
    found = year_of(world)
    assert [(each.name, each.title) for each in found.ending] == [("Late", "Panel member training")]
    coming = next(each for each in found.coming if each.campaign_id == campaign_id)
    assert coming.lacks_adviser
