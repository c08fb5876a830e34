"""Disability Confident, the freeze, the reveal and the names."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_facts
from recruitment.store.applications import Application

DIGEST = re.compile(r'name="digest" value="([0-9a-f]{64})"')


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.LINE_SET, applications=12)


def facts_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_facts(session, actor=world.actor("recruiter"), campaign_id=campaign)


def resolution(client, campaign):
    page = client.post(f"/campaigns/{campaign}/shortlist/opt-ins").text
    return page, DIGEST.search(page)[1]


def test_opt_ins_are_not_opened_by_looking_at_the_page(world, as_staff, campaign):
    client = as_staff("recruiter")
    assert DIGEST.search(client.get(f"/campaigns/{campaign}/shortlist").text) is None
    page, _ = resolution(client, campaign)
    assert "By the interview line" in page


def test_the_shortlist_freezes_as_it_was_shown_and_forgets_the_routes(world, as_staff, campaign):
    client = as_staff("recruiter")
    page, digest = resolution(client, campaign)
    references = re.findall(r"<li>([A-Z]+-[A-Z]+-\d+)</li>", page)
    assert references
    answer = client.post(f"/campaigns/{campaign}/shortlist/freeze", data={"digest": digest}, follow_redirects=True)
    assert facts_of(world, campaign).state is CampaignState.FROZEN
    assert f"<strong>{len(references)} applications</strong>" in answer.text
    assert [reference for reference in references if reference in answer.text] == []
    assert "By the Disability Confident scheme" not in answer.text


def test_a_freeze_after_somebody_withdrew_is_stale(world, as_staff, campaign):
    client = as_staff("recruiter")
    page, digest = resolution(client, campaign)
    reference = re.findall(r"<li>([A-Z]+-[A-Z]+-\d+)</li>", page)[0]
    with world.staff_desk.sessions.writing() as session:
        row = session.scalars(
            select(Application).where(Application.campaign_id == campaign, Application.reference == reference)
        ).one()
        row.withdrawn_at = world.clock.now
    answer = client.post(f"/campaigns/{campaign}/shortlist/freeze", data={"digest": digest})
    assert answer.status_code == 409
    assert "The applications changed since you looked" in answer.text
    assert reference not in answer.text
    assert facts_of(world, campaign).state is CampaignState.LINE_SET
    again = DIGEST.search(answer.text)[1]
    assert client.post(f"/campaigns/{campaign}/shortlist/freeze", data={"digest": again}).status_code == 303


def test_the_recruiter_asks_for_the_reveal_and_sees_no_name_before_it(world, as_staff):
    campaign = world.campaign(until=CampaignState.FROZEN, applications=12)
    client = as_staff("recruiter")
    assert client.post(f"/campaigns/{campaign}/shortlist/names").status_code == 409
    page = client.post(f"/campaigns/{campaign}/shortlist/reveal", follow_redirects=True).text
    assert "The panel chair or the named deputy must now agree" in page
    assert facts_of(world, campaign).reveal_asked_by == world.people["recruiter"]
    assert client.post(f"/campaigns/{campaign}/shortlist/names").status_code == 409


def test_names_show_in_alphabetical_order_with_contact_details(world, as_staff):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=12)
    client = as_staff("recruiter")
    assert "mailto:" not in client.get(f"/campaigns/{campaign}/shortlist").text
    page = client.post(f"/campaigns/{campaign}/shortlist/names").text
    names = re.findall(r'<th scope="row" class="govuk-table__header" role="rowheader">([^<]+)<', page)
    assert names == sorted(names, key=str.casefold)
    assert page.count("mailto:") == len(names) > 0


def test_the_inclusion_question_is_saved_until_outcomes_are_final(world, as_staff):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=12)
    path = f"/campaigns/{campaign}/panel-arrangements/question"
    typed = {"question": "own", "own_words": "What did you change?"}
    assert as_staff("recruiter").post(path, data=typed).status_code == 303
    assert facts_of(world, campaign).inclusion_question == "What did you change?"
    decided = world.campaign(until=CampaignState.DECIDED, applications=12, seed=2)
    path = f"/campaigns/{decided}/panel-arrangements/question"
    assert as_staff("recruiter").post(path, data=typed).status_code == 409
