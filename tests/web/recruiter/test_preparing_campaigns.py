"""Vacancies, questions and criteria."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.scoring import DEFAULT_SCALE
from recruitment.services.campaign_plans import read_plan


def plan_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_plan(session, actor=world.actor("recruiter"), campaign_id=campaign)


def criterion_entries(criterion, **changes):
    typed = {f"anchor_{score}": words for score, words in criterion.guide.items()}
    questions = [question.hex for question in criterion.questions]
    entries = {"name": criterion.name, "weight": criterion.weight, "minimum": criterion.minimum}
    return {**typed, **entries, "questions": questions, **changes}


@pytest.fixture
def draft(world):
    return world.campaign(until=CampaignState.DRAFT)


def test_a_vacancy_is_added_changed_and_removed(world, as_staff, draft):
    client = as_staff("recruiter")
    client.post(
        f"/campaigns/{draft}/vacancies/new", data={"title": "Night officer", "posts": "4", "pay": "£30,000"}
    )
    added = plan_of(world, draft).vacancies[-1]
    assert (added.title, added.posts, added.pay) == ("Night officer", 4, "£30,000")
    client.post(f"/campaigns/{draft}/vacancies/{added.id}", data={"title": "Day officer", "posts": "1"})
    assert plan_of(world, draft).vacancies[-1].title == "Day officer"
    client.post(f"/campaigns/{draft}/vacancies/{added.id}/remove")
    assert added.id not in [one.id for one in plan_of(world, draft).vacancies]


def test_a_question_is_added_changed_and_removed(world, as_staff, draft):
    client = as_staff("recruiter")
    typed = {"kind": "statement", "text": "Why this work?", "word_limit": "500"}
    client.post(f"/campaigns/{draft}/questions/new", data=typed)
    added = plan_of(world, draft).questions[-1]
    assert (added.kind, added.text, added.word_limit) == ("statement", "Why this work?", 500)
    client.post(f"/campaigns/{draft}/questions/{added.id}", data={"text": "Why now?", "word_limit": "50"})
    assert plan_of(world, draft).questions[-1].text == "Why now?"
    client.post(f"/campaigns/{draft}/questions/{added.id}/remove")
    assert added.id not in [one.id for one in plan_of(world, draft).questions]


def test_a_word_limit_of_nought_is_refused(world, as_staff, draft):
    typed = {"kind": "answer", "text": "Why?", "word_limit": "0"}
    page = as_staff("recruiter").post(f"/campaigns/{draft}/questions/new", data=typed)
    assert "The word limit must be between 1 and 5000" in page.text


def test_a_new_criterion_starts_with_the_labels_of_the_scale(world, as_staff, draft):
    page = as_staff("recruiter").get(f"/campaigns/{draft}/criteria/new").text
    assert [label in page for label in DEFAULT_SCALE.labels] == [True] * 7


def test_a_criterion_keeps_its_guide_and_its_questions(world, as_staff, draft):
    plan = plan_of(world, draft)
    guide = {f"anchor_{score}": "" for score in range(1, 8)} | {"anchor_1": "No", "anchor_7": "Yes"}
    entries = {"name": "Clear writing", "stage": "1", "weight": "2", "minimum": "3"}
    typed = {**guide, **entries, "questions": [plan.questions[0].id.hex]}
    as_staff("recruiter").post(f"/campaigns/{draft}/criteria/new", data=typed)
    added = plan_of(world, draft).criteria[-1]
    assert (added.name, added.weight, added.minimum, added.guide) == ("Clear writing", 2, 3, {1: "No", 7: "Yes"})
    assert added.questions == (plan.questions[0].id,)


def test_criteria_are_locked_after_opening_without_a_reason(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN)
    criterion = plan_of(world, campaign).criteria[0]
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/criteria/{criterion.id}"
    refused = client.post(path, data=criterion_entries(criterion, weight=3))
    assert "Applications are open: say why this must change" in refused.text
    assert plan_of(world, campaign).criteria[0] == criterion
    typed = criterion_entries(criterion, weight=3, reason="The weights were mixed up.")
    assert client.post(path, data=typed).status_code == 303
    assert plan_of(world, campaign).criteria[0].weight == 3


def test_nothing_is_removed_after_opening(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN)
    plan, client = plan_of(world, campaign), as_staff("recruiter")
    paths = (f"vacancies/{plan.vacancies[0].id}", f"questions/{plan.questions[0].id}",
             f"criteria/{plan.criteria[0].id}")  # fmt: skip
    assert [client.post(f"/campaigns/{campaign}/{path}/remove").status_code for path in paths] == [409] * 3
    assert plan_of(world, campaign) == plan


def test_nothing_changes_once_the_sift_has_opened(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    plan, client = plan_of(world, campaign), as_staff("recruiter")
    criterion = plan.criteria[0]
    typed = criterion_entries(criterion, weight=3, reason="Late.")
    assert client.post(f"/campaigns/{campaign}/criteria/{criterion.id}", data=typed).status_code == 409
    assert client.post(f"/campaigns/{campaign}/vacancies/new", data={"title": "x", "posts": 1}).status_code == 409
    assert plan_of(world, campaign) == plan


def test_a_limit_is_recorded_before_the_first_score_only(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/volume-rule"
    assert client.post(path, data={"cap": "5", "reason": "Thousands apply."}).status_code == 303
    assert plan_of(world, campaign).facts.volume_cap == 5


def test_a_limit_after_the_first_score_is_refused(world, as_staff):
    campaign = world.campaign(until=CampaignState.SCORED)
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/volume-rule"
    assert "Scoring has begun" in client.get(path).text
    client.post(path, data={"cap": "5", "reason": "Thousands apply."})
    assert plan_of(world, campaign).facts.volume_cap is None
