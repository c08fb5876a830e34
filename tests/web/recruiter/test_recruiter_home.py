"""The start page of the staff site."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from flask import url_for

from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.services.campaigns import CampaignPlan, create_campaign
from recruitment.store.campaigns import Campaign
from tests.web.recruiter.test_recruiter_statements import MOST, statements


@pytest.mark.parametrize(
    ("part", "state", "words"),
    [
        ("recruiter", CampaignState.DRAFT, "Prepare the campaign"),
        ("recruiter", CampaignState.SCORED, "Draw the interview line"),
        ("member", CampaignState.OPEN, "with passages to clear"),
        ("shortlister_two", CampaignState.REVEALED, "interviews to score"),
        ("analyst", CampaignState.TALLIED, "Funnel to release"),
        ("auditor", CampaignState.OPEN, "Read the trail"),
        ("analyst", CampaignState.OPEN, "Nothing at the moment"),
    ],
)
def test_everybody_sees_what_waits_for_them(world, as_staff, part, state, words):
    world.campaign(until=state, applications=8)
    assert words in as_staff(part).get("/").text


def test_the_second_person_sees_that_the_reveal_waits(world, as_staff):
    campaign = world.campaign(until=CampaignState.FROZEN, applications=8)
    assert "The reveal waits" not in as_staff("deputy").get("/").text
    as_staff("recruiter").post(f"/campaigns/{campaign}/shortlist/reveal")
    page = as_staff("deputy").get("/").text
    assert "The reveal waits for your agreement" in page
    with world.staff_app.test_request_context():
        assert f'href="{url_for("panel.reveal", campaign_id=campaign)}"' in page


def test_somebody_who_only_shortlists_is_sent_to_the_scoring_site(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    page = as_staff("shortlister_three").get("/").text
    assert f'href="{world.config.public_url}/sift"' in page
    assert f"/campaigns/{campaign}" not in page


def test_somebody_without_a_role_reads_what_to_do(world, as_staff):
    page = as_staff("shortlister_three").get("/").text
    assert "You have no role in a campaign yet." in page
    assert "/campaigns/new" in page


@pytest.mark.parametrize(
    ("part", "is_offered"),
    [("recruiter", True), ("auditor", False), ("analyst", False), ("shortlister_one", False)],
)
def test_a_new_campaign_is_offered_to_recruiters_and_not_to_those_who_watch_or_score(
    world, as_staff, part, is_offered
):
    world.campaign(until=CampaignState.OPEN)
    assert ("/campaigns/new" in as_staff(part).get("/").text) is is_offered


def test_nobody_comes_in_unsigned(world):
    assert world.staff_client().get("/").status_code == 302


def make_many(world, number, actor="recruiter", **facts):
    """Drafts that open and close one day after the other."""
    desk, made = world.staff_desk, []
    with desk.sessions.writing() as session:
        for place in range(number):
            plan = CampaignPlan(
                f"Post {place:02d}", facts.get("kind", CampaignKind.EXTERNAL),
                world.clock.now + timedelta(days=1), world.clock.now + timedelta(days=10 + place),
            )  # fmt: skip
            made.append(create_campaign(session, actor=world.actor(actor), desk=desk, plan=plan))
    return made


def titles(page):
    return re.findall(r'role="rowheader">\s*<a[^>]*>([^<]*)</a>', page)


def test_what_waits_stands_first_by_due_date_across_campaigns(world, as_staff):
    _, second = make_many(world, 2)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, second).opens_at = world.clock.now - timedelta(days=30)
    page = as_staff("recruiter").get("/").text
    assert page.index("Waits for you") < page.index("In trouble")
    waits = page[page.index("Waits for you") : page.index('id="campaigns"')]
    assert waits.index("– Post 01") < waits.index("– Post 00")
    assert "1 campaign in trouble" in waits
    assert "the opening date has passed and it is not open" in waits


def test_campaigns_are_paged_by_key_and_each_stands_on_one_page_only(world, as_staff):
    make_many(world, 107)
    client, address, seen = as_staff("recruiter"), "/?words=Post", []
    while address:
        page = client.get(address).text
        seen.append(titles(page))
        found = re.search(r'href="([^"#]*)#campaigns">Next page', page)
        address = html.unescape(found[1]) if found else ""
    assert [len(each) for each in seen] == [50, 50, 7]
    assert [title for each in seen for title in each] == [f"Post {place:02d}" for place in range(107)]


def test_search_and_filters_stand_in_the_address_and_in_the_form(world, as_staff):
    make_many(world, 60, kind=CampaignKind.SECONDMENT)
    world.campaign(until=CampaignState.OPEN, title="Casework officer 100%")
    client = as_staff("recruiter")
    page = client.get("/?words=OFFICER+case&stage=open&role=recruiter&kind=external").text
    assert titles(page) == ["Casework officer 100%"]
    assert 'value="OFFICER case"' in page
    assert page.count(" selected>") == 3
    page = client.get("/?kind=secondment").text
    assert re.search(r'href="/\?kind=secondment&amp;after=[^"]*">Next page', page)
    assert titles(client.get("/?words=0%25").text) == ["Casework officer 100%"]
    assert titles(client.get("/?words=_ost").text) == []
    assert "No campaign of yours is like this" in client.get("/?words=zebra").text


@pytest.mark.parametrize(
    "query", ["stage=x&role=administrator&kind=%00", "after=20260101T000000.000000Zff", "after=x", "words=%00"]
)
def test_an_address_that_somebody_changed_shows_the_campaigns_all_the_same(world, as_staff, query):
    make_many(world, 2)
    page = as_staff("recruiter").get(f"/?{query}")
    assert page.status_code == 200
    assert titles(page.text) == ["Post 00", "Post 01"]


def test_a_closed_campaign_is_found_as_closed_and_not_as_open(world, as_staff):
    world.campaign(until=CampaignState.OPEN)
    world.clock.advance(days=40)
    client = as_staff("recruiter")
    assert titles(client.get("/?stage=closed").text) == ["Casework officer"]
    assert titles(client.get("/?stage=open").text) == []


def test_finished_campaigns_stand_apart(world, as_staff):
    world.campaign(until=CampaignState.TALLIED, title="Old post", applications=8)
    make_many(world, 1)
    client = as_staff("recruiter")
    assert titles(client.get("/").text) == ["Post 00"]
    page = client.get("/?list=finished").text
    assert titles(page) == ["Old post"]
    assert "Waits for you" not in page


def test_nobody_sees_the_campaigns_of_others(world, as_staff):
    make_many(world, 2)
    page = as_staff("analyst").get("/?words=Post").text
    assert "Post 0" not in page


def test_only_those_who_arrange_a_sift_read_how_far_it_is(world, as_staff):
    world.campaign(until=CampaignState.SIFTING)
    page = as_staff("recruiter").get("/").text
    assert "Held up by" in page
    assert re.search(r"Shortlisters: \d+ scores", page)
    assert "0%" in page
    for part in ("shortlister_three", "analyst", "auditor", "deputy", "member"):
        other = as_staff(part).get("/").text
        assert "Casework officer" in other
        assert "Held up by" not in other
        assert "Shortlisters: " not in other


def test_the_first_screen_takes_the_same_statements_for_four_campaigns_and_for_forty(world, as_staff):
    asked = [{"until": state, "applications": 4} for state in (CampaignState.OPEN, CampaignState.SIFTING)]
    world.campaigns(*asked, *asked)
    client = as_staff("recruiter")
    few = {path: statements(world, client, path) for path in ("/", "/?words=o&stage=sifting", "/?list=finished")}
    make_many(world, 40)
    many = {path: statements(world, client, path) for path in few}
    assert few == many
    assert max(many.values()) <= MOST
