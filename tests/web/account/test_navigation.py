"""The links at the top fit the site and the visitor, and lead to pages that are there."""

import re

import pytest


def links(page) -> list[str]:
    part = page.text.split('class="govuk-service-navigation__list"')[1].split("</nav>")[0]
    return [" ".join(words.split()) for words in re.findall(r"<a[^>]*>(?:\s*<strong[^>]*>)?([^<]+)<", part)]


def test_visitors_candidates_and_shortlisters_see_their_own(world):
    visitor, candidate, shortlister = (world.public_client() for _ in range(3))
    world.sign_in_candidate(candidate)
    world.sign_in(shortlister, "shortlister_one")
    assert links(visitor.get("/")) == ["Vacancies", "Sign in"]
    assert links(candidate.get("/")) == ["Vacancies", "Your applications"]
    assert links(shortlister.get("/")) == ["Vacancies", "Your sift"]


@pytest.mark.parametrize("part", ["recruiter", "auditor"])
def test_every_link_of_the_staff_site_opens(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    page = client.get("/")
    assert links(page)[:3] == ["Campaigns", "Panel pool", "Releases"]
    for path in re.findall(r'govuk-service-navigation__link" href="([^"]+)"', page.text):
        assert client.get(path).status_code == 200
