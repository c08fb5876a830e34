"""The ranking and the interview line."""

from __future__ import annotations

import html
import re
from fractions import Fraction

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.rankings import read_ranking
from recruitment.web.recruiter import ranking
from recruitment.web.recruiter.words import two_places


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.SCORED, applications=20)


def ranking_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_ranking(session, actor=world.actor("recruiter"), campaign_id=campaign)


@pytest.mark.parametrize(
    ("total", "shown"),
    [(Fraction(30), "30"), (Fraction(61, 2), "30.5"), (Fraction(92, 3), "30.66"), (Fraction(0), "0")],
)
def test_totals_show_two_places_rounded_down(total, shown):
    assert two_places(total) == shown


def test_the_ranking_is_anonymous_and_marks_ties(world, as_staff, campaign):
    entries = ranking_of(world, campaign).entries
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/ranking").text
    shown = re.findall(r'<th scope="row" class="govuk-table__header" role="rowheader">([^<]+)</th>', page)
    assert shown == [entry.reference for entry in entries]
    assert page.count('role="cell">Tie</td>') == sum(entry.is_tied for entry in entries)


def test_a_preview_counts_who_would_stand_above_and_draws_nothing(world, as_staff, campaign):
    line = ranking_of(world, campaign).entries[2].total
    entries = ranking_of(world, campaign).entries
    above = sum(entry.meets_minimum and entry.total >= line for entry in entries)
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/ranking?line={two_places(line)}").text
    assert f"<strong>{above} applications</strong> of 20" in page
    assert ranking_of(world, campaign).line is None


def test_the_line_never_admits_somebody_below_a_minimum(world, as_staff, campaign):
    entries = ranking_of(world, campaign).entries
    below = {entry.reference for entry in entries if not entry.meets_minimum}
    assert below
    client = as_staff("recruiter")
    answer = client.post(f"/campaigns/{campaign}/ranking", data={"at": "0", "reason": "Everybody."})
    assert answer.status_code == 303
    page = client.post(f"/campaigns/{campaign}/shortlist/opt-ins").text
    assert {reference for reference in below if f"<li>{reference}</li>" in page} == set()
    assert page.count("<li>") >= len(entries) - len(below)


def test_a_line_above_everybody_cannot_be_drawn(world, as_staff, campaign):
    client = as_staff("recruiter")
    assert "Nobody would be interviewed" in client.get(f"/campaigns/{campaign}/ranking?line=999").text
    page = client.post(f"/campaigns/{campaign}/ranking", data={"at": "999", "reason": "High."})
    assert page.status_code == 400
    assert ranking_of(world, campaign).state is CampaignState.SCORED


def test_a_line_needs_a_reason(world, as_staff, campaign):
    page = as_staff("recruiter").post(f"/campaigns/{campaign}/ranking", data={"at": "12", "reason": " "})
    assert "Say why the line is drawn there" in page.text
    assert ranking_of(world, campaign).line is None


@pytest.mark.parametrize("typed", ["", "abc", "1e9", "-3"])
def test_a_line_that_is_no_total_is_refused(world, as_staff, campaign, typed):
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/ranking?line={typed}")
    assert "There is a problem" in page.text
    assert page.text.count("<title>Error: ") + page.text.count("Error: Ranking") >= 1


def test_a_long_ranking_comes_in_pages_that_go_on_behind_a_reference(world, as_staff, campaign, monkeypatch):
    monkeypatch.setattr(ranking, "_PER_PAGE", 7)
    entries = ranking_of(world, campaign).entries
    line = two_places(entries[2].total)
    client, path, found = as_staff("recruiter"), f"/campaigns/{campaign}/ranking?line={line}", []
    while path:
        page = client.get(path).text
        found += re.findall(r'<th scope="row" class="govuk-table__header" role="rowheader">([^<]+)</th>', page)
        assert f"With a line at {line}" in page
        onward = re.search(r'href="([^"]+)">Next page', page)
        path = html.unescape(onward[1]) if onward else ""
    assert found == [entry.reference for entry in entries]
    assert entries[0].reference in client.get(f"/campaigns/{campaign}/ranking?after=nobody").text
