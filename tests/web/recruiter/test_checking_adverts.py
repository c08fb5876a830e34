"""The page on which a recruiter goes through what the check of the advert found."""

from __future__ import annotations

import html
import re

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaigns import change_campaign


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.DRAFT)


def write_summary(world, campaign, text):
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign}
    with world.staff_desk.sessions.writing() as session:
        change_campaign(session, **asked, summary=text)


def shown(client, campaign):
    return html.unescape(client.get(f"/campaigns/{campaign}/advert-check").text)


def boxes(page):
    return re.findall(r'type="checkbox" value="([0-9a-f]{32})"|value="([0-9a-f]{32})"', page)


def test_hits_are_shown_with_their_place_and_marked_in_the_text(world, as_staff, campaign):
    write_summary(world, campaign, "We are a <b>young</b> team.")
    page = shown(as_staff("recruiter"), campaign)
    assert "Summary: “young”" in page
    assert "<mark>young</mark>" in page
    assert "Nobody has looked through the texts" in page


def test_a_hit_is_kept_with_a_reason_on_its_own_page(world, as_staff, campaign):
    write_summary(world, campaign, "We are a young team.")
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/advert-check/age_wording"
    (found,) = {"".join(each) for each in boxes(client.get(path).text)}
    refused = client.post(path, data={"hits": found, "reason": ""})
    assert (refused.status_code, "Say why it stays" in refused.text) == (400, True)
    answer = client.post(path, data={"hits": found, "reason": "Founded last year."})
    assert (answer.status_code, answer.location) == (303, f"/campaigns/{campaign}/advert-check")
    page = shown(client, campaign)
    assert "Kept: Founded last year." in page
    assert "<mark>young</mark>" not in page


def test_what_stops_asks_for_who_in_hr_confirmed_it_and_is_told_where_the_campaign_opens(
    world, as_staff, campaign
):
    write_summary(world, campaign, "Women only.")
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/advert-check/restricted_to_a_group"
    (found,) = {"".join(each) for each in boxes(client.get(path).text)}
    refused = client.post(path, data={"hits": found, "reason": "Schedule 9."})
    assert (refused.status_code, "Enter who in HR confirmed it" in refused.text) == (400, True)
    assert "let HR confirm it" in client.get(f"/campaigns/{campaign}/open").text
    client.post(path, data={"hits": found, "reason": "Schedule 9.", "confirmed_by": "Ada Bell"})
    assert "Confirmed by Ada Bell" in shown(client, campaign)
    assert "let HR confirm it" not in client.get(f"/campaigns/{campaign}/open").text


def test_looking_through_is_recorded_and_what_is_open_is_said(as_staff, campaign):
    client = as_staff("recruiter")
    page = client.post(f"/campaigns/{campaign}/advert-check", follow_redirects=True).text
    assert "Some of it is open still." in page
    assert "Nobody has looked through the texts" not in page


def test_a_rule_that_finds_nothing_leads_back_to_the_list(as_staff, campaign):
    answer = as_staff("recruiter").get(f"/campaigns/{campaign}/advert-check/no_such_rule")
    assert (answer.status_code, answer.location) == (303, f"/campaigns/{campaign}/advert-check")


def test_the_steps_of_the_campaign_lead_there_and_say_how_much_is_open(as_staff, campaign):
    page = as_staff("recruiter").get(f"/campaigns/{campaign}").text
    assert f'href="/campaigns/{campaign}/advert-check"' in page
    assert re.search(r"\d+ hits? open", page)
