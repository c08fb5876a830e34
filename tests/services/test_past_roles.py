"""Whoever has read what shortlisters may not know never becomes one, whatever roles are given and taken."""

from datetime import timedelta

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Role
from recruitment.services.clearance import read_clearance
from recruitment.services.closing_times import agree_closing, propose_for_everybody, propose_for_one
from recruitment.services.more_time import ask_for_time
from recruitment.services.requests import read_adjustments
from recruitment.services.roles import give_role, take_role
from recruitment.store.campaigns import Campaign
from recruitment.store.closing_times import ClosingRequest, list_closing_requests


@pytest.mark.parametrize("reads", [read_adjustments, read_clearance])
@pytest.mark.parametrize("wanted", [Role.SHORTLISTER, Role.PANEL_CHAIR])
def test_a_recruiter_who_has_opened_something_sheds_the_role_in_vain(world, reads, wanted):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=12)
    desk, recruiter, second = world.staff_desk, world.actor("recruiter"), world.actor("analyst")
    with desk.sessions.reading() as session:
        found = reads(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    assert found
    made = {"desk": desk, "campaign_id": campaign_id}
    with desk.sessions.writing() as session:
        give_role(session, actor=recruiter, person_id=second.id, role=Role.RECRUITER, **made)
        take_role(session, actor=second, person_id=recruiter.id, role=Role.RECRUITER, **made)
    may = reads is read_clearance and wanted is Role.PANEL_CHAIR
    with desk.sessions.writing() as session:
        if may:
            give_role(session, actor=second, person_id=recruiter.id, role=wanted, **made)
            return
        with pytest.raises(Invalid, match="already acted"):
            give_role(session, actor=second, person_id=recruiter.id, role=wanted, **made)


def test_somebody_who_was_ever_auditor_takes_no_other_role(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign_id}
    auditor = world.people["auditor"]
    with world.staff_desk.sessions.writing() as session:
        take_role(session, **asked, person_id=auditor, role=Role.AUDITOR)
    with pytest.raises(Invalid, match="auditor"), world.staff_desk.sessions.writing() as session:
        give_role(session, **asked, person_id=auditor, role=Role.SHORTLISTER)


def moved(world, campaign_id, *, is_for_one):
    """A closing time that the recruiter proposed and the deputy agreed to."""
    desk, candidate = world.staff_desk, world.add_candidate("late@example.org")
    asked = {"desk": desk, "campaign_id": campaign_id}
    with desk.sessions.writing() as session:
        until = session.get_one(Campaign, campaign_id).closes_at + timedelta(days=1)
        made = {**asked, "actor": world.actor("recruiter"), "until": until, "page_url": "https://staff.example"}
        if is_for_one:
            ask_for_time(session, actor=candidate, **asked)
            closing_id = list_closing_requests(session, campaign_id)[0].id
            propose_for_one(session, **made, closing_id=closing_id, ground="need_or_trouble")
        else:
            closing_id = propose_for_everybody(session, **made, reason="Few applied.")
        agree_closing(
            session,
            **asked,
            actor=world.actor("deputy"),
            closing_id=closing_id,
            until=until,
            ground="need_or_trouble" if is_for_one else "",
        )
        assert session.get_one(ClosingRequest, (campaign_id, closing_id)).decided_by == world.people["deputy"]


@pytest.mark.parametrize("is_for_one", [True, False])
def test_whoever_gave_one_candidate_more_time_scores_no_answers_of_the_campaign(world, is_for_one):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    moved(world, campaign_id, is_for_one=is_for_one)
    desk, recruiter, deputy = world.staff_desk, world.actor("recruiter"), world.people["deputy"]
    made = {"actor": recruiter, "desk": desk, "campaign_id": campaign_id, "person_id": deputy}
    with desk.sessions.writing() as session:
        if not is_for_one:
            give_role(session, **made, role=Role.SHORTLISTER)
            return
        with pytest.raises(Invalid, match="closing time"):
            give_role(session, **made, role=Role.SHORTLISTER)
