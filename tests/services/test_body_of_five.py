"""A body of five runs a whole campaign: recruiter and administrator; two shortlisters, one of them panel chair,
the other inclusion lead; a panel member who also clears; an analyst."""

from __future__ import annotations

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Role
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person
from recruitment.store.trail import TrailEvent

FIVE = {
    "shortlister_one": (Role.SHORTLISTER, Role.PANEL_CHAIR),
    "shortlister_two": (Role.SHORTLISTER, Role.INCLUSION_LEAD),
    "member": (Role.PANEL_MEMBER, Role.CLEARER),
    "analyst": (Role.ANALYST,),
}


def test_five_people_bring_a_campaign_from_application_to_released_funnel(world):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=10, parts=FIVE)
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Campaign, campaign_id).state == CampaignState.RELEASED
        holders = {row.person_id for row in session.query(CampaignRole).filter_by(campaign_id=campaign_id)}
        assert len(holders) == 5
        assert session.get_one(Person, world.people["recruiter"]).is_administrator
        acted = {
            actor
            for (actor,) in session.query(TrailEvent.actor).filter(TrailEvent.chain_id == campaign_id)
            if actor.startswith("staff:")
        }
        assert acted <= {f"staff:{person_id}" for person_id in holders}
