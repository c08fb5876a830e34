"""Whoever has read what shortlisters may not know never becomes one, whatever roles are given and taken."""

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Role
from recruitment.services.clearance import read_clearance
from recruitment.services.requests import read_adjustments
from recruitment.services.roles import give_role, take_role


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
