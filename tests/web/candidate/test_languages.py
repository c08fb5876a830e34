"""Candidates read in the language that they choose; nobody who scores learns which."""

from __future__ import annotations

import html
import re

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.collected import every_text

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.OPEN, applications=0)


def test_the_first_page_is_in_the_language_that_the_browser_prefers(world, campaign_id):
    page = world.public_client().get("/", headers={"Accept-Language": "cy, en;q=0.5"})
    assert page.headers["Content-Language"] == "cy"
    assert '<html lang="cy"' in page.text
    assert "Swyddi gwag" in page.text
    assert {"Cookie", "Accept-Language"} <= set(page.vary.as_set(preserve_casing=True))
    english = world.public_client().get("/", headers={"Accept-Language": "fr"})
    assert english.headers["Content-Language"] == "en"
    assert '<html lang="en"' in english.text
    assert "Vacancies" in english.text


def test_a_choice_is_kept_in_the_browser_and_leads_back_to_the_page(world, campaign_id):
    client = world.public_client()
    advert = f"/campaigns/{campaign_id}"
    assert f'href="/language/cy?next={advert}"' in client.get(advert).text
    chosen = client.get(f"/language/cy?next={advert}")
    assert (chosen.status_code, chosen.headers["Location"]) == (303, advert)
    assert "HttpOnly" in chosen.headers["Set-Cookie"]
    # What was chosen counts for more than what the browser says.
    page = client.get(advert, headers={"Accept-Language": "en"})
    assert '<html lang="cy"' in page.text
    assert f'href="/language/en?next={advert}"' in page.text


@pytest.mark.parametrize("target", ["//elsewhere.example/", "https://elsewhere.example/", "/no/such/page"])
def test_a_choice_leads_nowhere_else(world, target):
    chosen = world.public_client().get("/language/cy", query_string={"next": target})
    assert chosen.headers["Location"] == "/"


def test_a_language_that_is_not_offered_is_not_there(world):
    assert world.public_client().get("/language/fr").status_code == 404


def test_what_staff_read_is_english_whatever_was_chosen(world, campaign_id):
    client = world.public_client()
    client.get("/language/cy")
    world.sign_in(client, "shortlister_one")
    assert '<html lang="cy"' in client.get("/").text
    sift = client.get("/sift")
    assert '<html lang="en"' in sift.text
    assert "Cymraeg" not in sift.text
    assert "Content-Language" not in sift.headers
    staff = world.staff_client().get("/sign-in", headers={"Accept-Language": "cy"})
    assert '<html lang="en"' in staff.text


def test_what_we_collect_is_told_in_welsh_line_by_line(world):
    """Nothing that a line says in English is left; the English page is as it was."""
    client = world.public_client()
    welsh = html.unescape(client.get("/what-we-collect", headers={"Accept-Language": "cy"}).text)
    english = html.unescape(client.get("/what-we-collect", headers={"Accept-Language": "en"}).text)
    assert "Yn cael ei ddileu 12 mis ar ôl i'r ymgyrch ddod i ben." in welsh
    assert "Os nad oes neb yn eu cyfrif, cânt eu dileu" in welsh and "Mae ffigurau a ryddhawyd yn aros." in welsh
    assert "Grŵp ethnig" in welsh or "grŵp ethnig" in welsh
    assert "Erased 12 months after the campaign has ended." in english
    cells = re.findall(r'summary-list__value">([^<]*)</dd>', welsh)
    assert len(cells) > 60
    texts = {text[:1].upper() + text[1:] for text in every_text()}
    assert [cell for cell in cells if cell in texts] == []
    assert not [cell for cell in cells if "Erased" in cell or "Kept" in cell or " the " in cell]
