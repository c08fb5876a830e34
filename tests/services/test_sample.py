from recruitment.rules.campaigns import CampaignState
from recruitment.store.campaigns import Campaign


def test_a_sample_campaign_goes_from_application_to_released_funnel(world):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Campaign, campaign_id).state == CampaignState.RELEASED
