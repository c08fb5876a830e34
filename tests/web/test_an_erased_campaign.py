"""After retention every page of a campaign still answers: what is gone is not there, and nothing fails."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.retention import erase_due
from recruitment.services.worker import keep_house
from tests.support.visitors import EVERYBODY, STAFF, Visitors, addresses


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("state", "months"), [(CampaignState.RELEASED, 13), (CampaignState.RELEASED, 50), (CampaignState.REVEALED, 30)]
)
def test_no_page_fails_once_the_records_of_its_campaign_are_erased(world, state, months):
    """Released and gone a year later; everything gone; abandoned before its interviews."""
    visitors = Visitors(world, world.campaign(until=state, applications=12))
    values = visitors.values()
    if state is CampaignState.REVEALED:
        values |= visitors.trouble_panel()
    world.clock.advance(days=31 * months)
    erase_due(world.staff_desk)
    world.clock.advance(hours=2)
    keep_house(world.staff_desk)
    failed = set()
    for app, names in ((world.staff_app, STAFF), (world.public_app, EVERYBODY)):
        for name in sorted(names - {"nobody"}):
            client = visitors.client(app, name)
            for address in addresses(app, values):
                for method, endpoint in address.endpoints.items():
                    if method != "HEAD" and "sign_out" not in endpoint:
                        answer = client.open(address.path, method=method, buffered=True)
                        if answer.status_code >= 500:
                            failed.add((endpoint, method))
    assert failed == set()
