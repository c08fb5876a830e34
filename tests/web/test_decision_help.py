"""Under each decision stands what it means and where its rule comes from."""

from __future__ import annotations

import re

import pytest

from config import TEMPLATES
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.decision_help import DECISIONS

_LONGEST_SENTENCE = 25  # words


def used() -> list[str]:
    return [
        key
        for page in TEMPLATES.rglob("*.html")
        if page.name != "decision_help.html"
        for key in re.findall(r'why\("([a-z_]+)"\)', page.read_text())
    ]


def test_every_line_stands_under_one_decision_and_every_page_that_asks_for_one_has_it():
    assert sorted(used()) == sorted(DECISIONS)


@pytest.mark.parametrize("key", DECISIONS)
def test_each_line_is_in_short_sentences_and_names_its_source(key):
    found = DECISIONS[key]
    sentences = re.split(r"(?<=[.!?])\s+", found.means)
    assert found.means.endswith(".")
    assert max(len(sentence.split()) for sentence in sentences) <= _LONGEST_SENTENCE, key
    assert len(sentences) <= 3
    assert found.source and not found.source.endswith(".")


@pytest.mark.parametrize(
    ("state", "part", "path", "key"),
    [
        (CampaignState.SCORED, "recruiter", "/ranking?line=4", "line"),
        (CampaignState.LINE_SET, "recruiter", "/shortlist", "opt_ins"),
        (CampaignState.FROZEN, "recruiter", "/shortlist", "ask_reveal"),
        (CampaignState.TALLIED, "analyst", "/release/confirm", "release"),
    ],
)
def test_a_person_reads_it_before_they_decide(world, state, part, path, key):
    campaign_id = world.campaign(until=state, applications=8)
    client = world.staff_client()
    world.sign_in(client, part)
    page = client.get(f"/campaigns/{campaign_id}{path}")
    assert page.status_code == 200, page.text
    assert DECISIONS[key].means in page.text.replace("&#39;", "'")
    assert DECISIONS[key].source in page.text
