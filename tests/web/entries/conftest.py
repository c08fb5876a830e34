"""What the tests of entering share: a colleague with no part in any campaign, signed in on the staff site."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from tests.support.entering import add_colleague


@pytest.fixture
def opened(world):
    return world.campaign(until=CampaignState.OPEN, applications=1, title="Enquiries assistant")


@pytest.fixture
def sign_in_as(world):
    def sign_in(actor):
        client = world.staff_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = f"staff:{actor.id}:1", True
        return client

    return sign_in


@pytest.fixture
def colleague(world, opened):
    return add_colleague(world)


@pytest.fixture
def client(sign_in_as, colleague):
    return sign_in_as(colleague)
