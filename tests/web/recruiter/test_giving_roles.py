"""Giving roles and taking them away."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Role
from recruitment.store.people import roles_in_campaign


def roles_of(world, campaign, part):
    with world.staff_desk.sessions.reading() as session:
        return roles_in_campaign(session, campaign, world.people[part])


def give(world, client, campaign, part, role):
    return client.post(f"/campaigns/{campaign}/people", data={"person": world.people[part].hex, "role": role})


@pytest.fixture
def draft(world):
    return world.campaign(until=CampaignState.DRAFT)


@pytest.mark.parametrize(
    ("part", "role", "sentence"),
    [
        ("recruiter", Role.SHORTLISTER, "A recruiter of a campaign may not score its answers."),
        ("shortlister_one", Role.CLEARER, "Somebody who reads hidden passages may not score the sift."),
        ("auditor", Role.PANEL_MEMBER, "An auditor may hold no other role."),
        ("analyst", Role.SHORTLISTER, "An analyst scores nothing."),
    ],
)
def test_a_conflict_is_refused_with_the_sentence_of_the_rule(world, as_staff, draft, part, role, sentence):
    page = give(world, as_staff("recruiter"), draft, part, role)
    assert sentence in page.text
    assert role not in roles_of(world, draft, part)


def test_a_role_is_given_and_taken_away(world, as_staff, draft):
    client = as_staff("recruiter")
    assert give(world, client, draft, "shortlister_three", Role.PANEL_MEMBER).status_code == 303
    assert roles_of(world, draft, "shortlister_three") == {Role.SHORTLISTER, Role.PANEL_MEMBER}
    typed = {"person": world.people["shortlister_three"].hex, "role": Role.PANEL_MEMBER}
    assert client.post(f"/campaigns/{draft}/people/take", data=typed).status_code == 303
    assert roles_of(world, draft, "shortlister_three") == {Role.SHORTLISTER}


def test_the_last_recruiter_stays(world, as_staff, draft):
    typed = {"person": world.people["recruiter"].hex, "role": Role.RECRUITER}
    page = as_staff("recruiter").post(f"/campaigns/{draft}/people/take", data=typed)
    assert "A campaign needs a recruiter: name another one first." in page.text
    assert roles_of(world, draft, "recruiter") == {Role.RECRUITER}


def test_no_shortlister_joins_after_the_scores_are_locked(world, as_staff):
    campaign = world.campaign(until=CampaignState.SCORED)
    page = give(world, as_staff("recruiter"), campaign, "deputy", Role.SHORTLISTER)
    assert "The sift scores are locked, so no shortlister can be added." in page.text


def test_a_recruiter_takes_a_shortlister_away_and_their_scores_with_a_reason(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING, applications=4)
    client = as_staff("recruiter")
    page = client.get(f"/campaigns/{campaign}/people").text
    assert page.count('name="set_aside"') == 3
    typed = {
        "person": world.people["shortlister_one"].hex,
        "role": "shortlister",
        "set_aside": "Knew a candidate.",
    }
    assert client.post(f"/campaigns/{campaign}/people/take", data=typed).status_code == 303
    assert client.get(f"/campaigns/{campaign}/people").text.count('name="set_aside"') == 2
