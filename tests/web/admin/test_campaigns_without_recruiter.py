"""An administrator finds the campaigns that nobody can go on with, names a recruiter, and others read who can."""

from __future__ import annotations

import re

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.store.people import Person
from tests.web.recruiter.test_recruiter_statements import MOST, statements

PAGE = "/people/campaigns-without-recruiter"


def signed_in(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


@pytest.fixture
def left(world):
    """A campaign whose recruiter, who administers the body too, hands that on and leaves."""
    campaign_id = world.campaign(until=CampaignState.SIFTING)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["auditor"]).is_administrator = True
    client = world.staff_client()
    world.sign_in(client, "auditor")
    assert "Every campaign has a recruiter" in client.get(PAGE).text
    gone = client.post(f"/people/{world.people['recruiter']}/retire")
    assert gone.location == PAGE
    return campaign_id, client


def test_ending_the_access_of_the_only_recruiter_leads_to_naming_another(world, left):
    campaign_id, client = left
    page = client.get(PAGE).text
    assert "These campaigns have no recruiter now: name one." in page
    assert f'href="{PAGE}"' in client.get("/").text
    chosen = {"campaign": campaign_id.hex, "person": world.people["analyst"].hex, "reason": "They left."}
    assert client.post(PAGE, data=chosen).location == PAGE
    assert "The campaign has a recruiter again." in client.get(PAGE).text
    assert signed_in(world, "analyst").get(f"/campaigns/{campaign_id}/people").status_code == 200
    assert "Name a recruiter" not in client.get("/").text


def test_whoever_may_not_be_recruiter_is_refused_on_the_page_and_what_was_typed_stays(world, left):
    campaign_id, client = left
    chosen = {"campaign": campaign_id.hex, "person": world.people["deputy"].hex, "reason": "Somebody must."}
    answer = client.post(PAGE, data=chosen)
    assert answer.status_code == 400
    summary = answer.text.split("There is a problem")[1]
    assert 'href="#person"' in summary and "may not be a recruiter of the campaign" in summary
    assert "Somebody must." in answer.text
    assert re.search(rf'value="{world.people["deputy"].hex}"[^>]* selected|selected[^>]* value="'
                     rf'{world.people["deputy"].hex}"', answer.text)  # fmt: skip


def test_everybody_in_the_campaign_reads_who_can_go_on(world, left):
    campaign_id, _ = left
    for part in ("deputy", "member", "analyst"):
        page = signed_in(world, part).get(f"/campaigns/{campaign_id}").text
        assert "No recruiter of this campaign can sign in any more" in page
        assert "An administrator names another recruiter" in page
        assert (
            "What could hold" in page and "passages" not in page.split("What could hold")[1].split("</details>")[0]
        )


def test_the_first_screen_of_an_administrator_takes_as_few_statements_as_ever(world, left):
    _, client = left
    assert statements(world, client, "/") <= MOST
    assert statements(world, client, PAGE) <= MOST
