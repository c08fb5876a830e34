"""Anybody reads the open vacancies and a campaign's advert."""

import xml.etree.ElementTree as ElementTree
from datetime import datetime
from email.utils import parsedate_to_datetime
from uuid import uuid4

from recruitment.rules.campaigns import CampaignState
from recruitment.store.campaigns import Campaign


def test_an_open_campaign_is_listed_with_its_closing_time(world, campaign_id):
    page = world.public_client().get("/")
    assert page.status_code == 200
    assert f'href="/campaigns/{campaign_id}"' in page.text
    assert "13 days left" in page.text


def test_without_vacancies_the_page_says_what_happens_next(world):
    assert "There are no open vacancies at the moment" in world.public_client().get("/").text


def test_the_advert_says_how_answers_are_read_and_offers_to_apply(world, campaign_id):
    page = world.public_client().get(f"/campaigns/{campaign_id}")
    assert "without your name" in page.text
    assert f'href="/campaigns/{campaign_id}/apply"' in page.text


def test_a_closed_campaign_can_be_read_and_not_started(world, campaign_id):
    world.clock.advance(days=30)
    client = world.public_client()
    assert "closed to new applications" in client.get(f"/campaigns/{campaign_id}").text
    assert client.get(f"/campaigns/{campaign_id}/apply").location == f"/campaigns/{campaign_id}"


def test_a_campaign_being_prepared_looks_like_one_that_is_not_there(world):
    client = world.public_client()
    prepared = client.get(f"/campaigns/{world.campaign(until=CampaignState.DRAFT)}")
    invented = client.get(f"/campaigns/{uuid4()}")
    assert (prepared.status_code, invented.status_code) == (404, 404)


def test_a_visitor_is_asked_to_sign_in_before_writing(world, campaign_id):
    client = world.public_client()
    assert (
        f"/sign-in?next=/campaigns/{campaign_id}/application" in client.get(f"/campaigns/{campaign_id}/apply").text
    )
    assert client.get(f"/campaigns/{campaign_id}/application").location.startswith("/sign-in?next=")


def test_other_sites_take_open_posts_as_a_feed_and_no_post_inside_a_body(world, campaign_id):
    inside = world.campaign(until=CampaignState.OPEN, title="Acting head of intake", seed=5)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, inside).kind = "acting_up"
        session.get_one(Campaign, campaign_id).summary = "Tea & <b>cases</b>"
    world.campaign(until=CampaignState.DRAFT, title="Being prepared", seed=6)
    client = world.public_client()
    assert "Acting head of intake" in client.get("/").text
    feed = client.get("/vacancies.json").json
    (item,) = feed["items"]
    assert item["id"].endswith(f"/campaigns/{campaign_id}")
    assert item["_vacancy"]["posts"][0]["posts"] >= 1
    assert datetime.fromisoformat(item["_vacancy"]["closes_at"]).tzinfo is not None

    answer = client.get("/vacancies.rss")
    assert answer.content_type.startswith("application/rss+xml")
    channel = ElementTree.fromstring(answer.data).find("channel")  # noqa: S314 - our own page
    (entry,) = channel.findall("item")
    assert entry.find("link").text == item["url"]
    assert "Tea & <b>cases</b>" in entry.find("description").text
    assert parsedate_to_datetime(entry.find("pubDate").text) == datetime.fromisoformat(item["date_published"])
