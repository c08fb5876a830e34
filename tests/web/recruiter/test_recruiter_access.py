"""Who may not open recruiters' pages."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Role
from recruitment.services.roles import take_role
from recruitment.store.people import CampaignRole

RECRUITERS_PAGES = (
    "details", "vacancies", "vacancies/new", "questions", "questions/new", "criteria", "criteria/new", "people",
    "volume-rule", "open", "sift", "ranking", "adjustments", "shortlist", "panel-arrangements",
)  # fmt: skip


def test_a_recruiter_cannot_see_another_campaign(world, as_staff):
    campaign = world.campaign(until=CampaignState.SCORED)
    client = as_staff("recruiter")
    assert client.get(f"/campaigns/{campaign}/ranking").status_code == 200
    with world.staff_desk.sessions.writing() as session:
        session.add(
            CampaignRole(
                campaign_id=campaign,
                person_id=world.people["shortlister_three"],
                role=Role.RECRUITER,
                given_at=world.clock.now,
            )
        )
        session.flush()
        take_role(
            session,
            actor=world.actor("recruiter"),
            desk=world.staff_desk,
            campaign_id=campaign,
            person_id=world.people["recruiter"],
            role=Role.RECRUITER,
        )
    statuses = {client.get(f"/campaigns/{campaign}/{page}").status_code for page in ("", *RECRUITERS_PAGES)}
    assert statuses == {404}
    assert "Casework officer" not in client.get("/").text


@pytest.mark.parametrize(
    "part", ["shortlister_one", "shortlister_three", "member", "deputy", "analyst", "auditor"]
)
def test_nobody_else_opens_a_recruiters_page(world, as_staff, part):
    campaign = world.campaign(until=CampaignState.SCORED)
    client = as_staff(part)
    read = [client.get(f"/campaigns/{campaign}/{page}").status_code for page in RECRUITERS_PAGES]
    assert set(read) == {404}
    acts = ("sift/lock", "sift/open", "sift/moderation", "sift/fill", "shortlist/opt-ins", "shortlist/freeze")
    posted = [client.post(f"/campaigns/{campaign}/{act}").status_code for act in (*acts, "adjustments", "people")]
    assert set(posted) == {404}


def test_somebody_who_scores_the_sift_cannot_read_hidden_passages(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=12)
    assert as_staff("member").post(f"/campaigns/{campaign}/clearance").status_code == 200
    assert as_staff("shortlister_one").post(f"/campaigns/{campaign}/clearance").status_code == 404
    assert as_staff("shortlister_three").get(f"/campaigns/{campaign}/clearance").status_code == 404


def test_what_cannot_be_done_yet_is_a_friendly_page(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/ranking")
    assert page.status_code == 409
    assert "You cannot see the ranking now" in page.text
