"""Candidates sign in by a link; nothing tells a known address from an unknown one."""

import html
import re

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.installation import add_organisation
from recruitment.services.outgoing import read_outbox
from recruitment.store.applications import Draft
from recruitment.store.candidates import SignInLink

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def letters_to(world, address: str) -> list[str]:
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    return [one.letter.body for one in found if one.letter.to == address]


def link_sent_to(world, address: str) -> str:
    body = letters_to(world, address)[0]
    return re.search(rf"{re.escape(world.config.public_url)}(/sign-in/\w+)", body).group(1)


def count(world, table) -> int:
    with world.public_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_known_and_unknown_addresses_get_identical_pages(world):
    world.add_candidate("known@example.org")
    pages = []
    for address in ("known@example.org", "unknown@example.org"):
        client = world.public_client()
        answer = client.post("/sign-in", data={"email": address})
        after = client.get(answer.location)
        nonce = after.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
        pages.append((answer.status_code, answer.location, answer.data, after.text.replace(nonce, "")))
    assert pages[0] == pages[1]
    assert "Check your email" in pages[0][3]
    assert len(letters_to(world, "known@example.org")) == len(letters_to(world, "unknown@example.org")) == 1


def test_opening_a_link_uses_nothing_up_and_the_button_signs_in_once(world):
    client = world.public_client()
    client.post("/sign-in", data={"email": "ada@example.org"})
    link = link_sent_to(world, "ada@example.org")
    assert [client.get(link).status_code for _ in range(3)] == [200, 200, 200]
    assert client.get("/applications").status_code == 302
    assert client.post(link).location == "/applications"
    assert client.get("/applications").status_code == 200
    again = world.public_client().post(link)
    assert again.status_code == 404
    assert "This link no longer works" in again.text


def test_an_old_link_and_an_invented_one_look_the_same(world):
    client = world.public_client()
    client.post("/sign-in", data={"email": "ada@example.org"})
    link = link_sent_to(world, "ada@example.org")
    world.clock.advance(minutes=31)
    old, invented = client.post(link), client.post("/sign-in/" + "0" * 64)
    assert old.status_code == invented.status_code == 404
    assert "Ask for a new one" in old.text
    assert old.text.split("<main")[1].split("</main>")[0] == invented.text.split("<main")[1].split("</main>")[0]


def test_a_link_asked_for_from_an_advert_begins_the_draft_with_the_address(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    client = world.public_client()
    page = client.get(f"/campaigns/{campaign_id}/application", follow_redirects=True)
    target = html.unescape(re.search(r'name="next"[^>]*value="([^"]*)"', page.text).group(1))
    assert target == f"/campaigns/{campaign_id}/application"
    client.post("/sign-in", data={"email": "ada@example.org", "next": target})
    assert count(world, Draft) == 0
    assert client.post(link_sent_to(world, "ada@example.org")).location == target
    assert count(world, Draft) == 1
    assert 'value="ada@example.org"' in client.get(target + "/contact").text


def test_what_was_typed_when_the_session_ended_is_offered_again_after_the_link(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    client = world.public_client()
    client.post("/sign-in", data={"email": "ada@example.org", "next": f"/campaigns/{campaign_id}/application"})
    client.post(link_sent_to(world, "ada@example.org"))
    client.post("/sign-out")
    action = f"/campaigns/{campaign_id}/application/name"
    world.clock.advance(minutes=5)
    page = client.post(action, data={"version": "1", "full_name": "Ada Bell"}, headers=SAME_ORIGIN)
    assert page.status_code == 200
    assert "We kept what you typed" in page.text
    carried = {
        "carried_action": action,
        "carried_name": ["version", "full_name"],
        "carried_value": ["1", "Ada Bell"],
        "next": action,
    }
    for name, values in carried.items():
        for value in [values] if isinstance(values, str) else values:
            assert f'name="{name}"' in page.text
            assert f'value="{value}"' in page.text
    client.post("/sign-in", data={"email": "ada@example.org", **carried}, headers=SAME_ORIGIN)
    resumed = client.post(link_sent_to(world, "ada@example.org"))
    assert "save what you typed" in resumed.text
    assert f'action="{action}"' in resumed.text
    assert client.post(action, data={"version": "1", "full_name": "Ada Bell"}).status_code == 303
    assert 'value="Ada Bell"' in client.get(action).text


@pytest.mark.parametrize(
    "page", ["application/withdraw", "application/submit", "equality/questions", "application/name"]
)
def test_nobody_can_have_a_withdrawal_made_ready_behind_anothers_link(world, page):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    action = f"/campaigns/{campaign_id}/{page}"
    planted = {"carried_action": action, "carried_name": "version", "carried_value": "1"}
    world.public_client().post("/sign-in", data={"email": "ada@example.org", **planted}, headers=SAME_ORIGIN)
    opened = world.public_client().post(link_sent_to(world, "ada@example.org"))
    is_offered = f'action="{action}"' in opened.text
    assert is_offered == page.endswith("/name")


def test_a_next_page_of_another_site_is_dropped(world):
    client = world.public_client()
    for target in ("//evil.example", "https://evil.example/", "/\\evil.example"):
        client.post("/sign-in", data={"email": "ada@example.org", "next": target})
        assert client.post(link_sent_to(world, "ada@example.org")).location == "/applications"
        world.clock.advance(minutes=20)


def test_a_sixth_link_in_an_hour_is_not_sent_and_the_page_is_the_same(world):
    client = world.public_client()
    answers = {client.post("/sign-in", data={"email": "ada@example.org"}).location for _ in range(6)}
    assert answers == {"/check-your-email"}
    assert count(world, SignInLink) == 5


def test_with_two_organisations_the_form_asks_which_unless_a_campaign_tells(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        other = add_organisation(session, desk=desk, name="Harbour Board", slug="harbour")
    client = world.public_client()
    assert "Which organisation are you applying to?" in client.get("/sign-in").text
    assert "Which organisation" not in client.get(f"/sign-in?next=/campaigns/{campaign_id}/application").text
    refused = client.post("/sign-in", data={"email": "ada@example.org"})
    assert (refused.status_code, "Select the organisation" in refused.text) == (400, True)
    assert (
        client.post("/sign-in", data={"email": "ada@example.org", "organisation": str(other)}).status_code == 303
    )
    with world.public_desk.sessions.reading() as session:
        assert list(session.scalars(select(SignInLink.organisation_id))) == [other]


@pytest.mark.parametrize("typed", ["", "nobody", "a@b", "a\x00b@example.org", "x" * 250 + "@example.org"])
def test_an_address_that_cannot_be_is_told_in_words(world, typed):
    page = world.public_client().post("/sign-in", data={"email": typed})
    assert page.status_code == 400
    assert "There is a problem" in page.text
    assert count(world, SignInLink) == 0
