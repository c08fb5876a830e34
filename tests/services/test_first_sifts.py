"""A first sift is planned before the advert is out, decided on after closing, and reads one criterion first."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState, StageKind
from recruitment.rules.errors import Invalid, TooLate, TooSoon
from recruitment.services import campaigns, sift
from recruitment.services.campaign_copies import copy_campaign
from recruitment.services.campaign_parts import remove_criterion
from recruitment.services.campaign_plans import read_plan
from recruitment.services.campaign_templates import keep_template, list_templates
from recruitment.services.criteria import CriterionPlan, change_criterion
from recruitment.services.first_sifts import (
    drop_first_sift,
    list_lead_choices,
    name_lead,
    read_first_sift,
)
from recruitment.services.queues import list_own_sifts
from recruitment.services.trail_reading import read_trail
from recruitment.services.vacancies import read_advert
from recruitment.store.campaigns import Campaign, Criterion, list_questions, list_stages
from recruitment.store.trail import TrailEvent
from tests.support.first_sifts import (
    LEAD,
    LEAD_QUESTION,
    SHORTLISTERS,
    act,
    applications_of,
    begun,
    closed,
    criterion_of,
    decide,
    handed_out,
    planned,
)


def stages(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return [(row.kind, row.name) for row in list_stages(session, campaign_id)]


def read(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return read_first_sift(session, actor=world.actor("recruiter"), campaign_id=campaign_id)


def scored_on(world, campaign_id, *numbers):
    """Score the lead criterion on these questions."""
    with world.staff_desk.sessions.reading() as session:
        row = session.get_one(Criterion, (campaign_id, criterion_of(world, campaign_id)))
        keys = tuple(one.id for one in list_questions(session, campaign_id) if one.position in numbers)
    return {
        "criterion_id": row.id,
        "plan": CriterionPlan(row.name, row.stage_position, minimum=4, guide={4: "Good enough"}, questions=keys),
    }


def test_it_is_the_first_of_the_stages_and_can_be_taken_out_again(world):
    campaign_id = planned(world)
    assert stages(world, campaign_id)[0] == (StageKind.FIRST_SIFT, "First sift")
    found = read(world, campaign_id)
    assert (found.criterion, found.minimum, found.questions) == (LEAD, 4, (LEAD_QUESTION,))
    act(world, name_lead, campaign_id, criterion_id=criterion_of(world, campaign_id, "Putting things right"))
    assert read(world, campaign_id).questions == (1,)
    act(world, drop_first_sift, campaign_id)
    assert read(world, campaign_id) is None
    assert StageKind.FIRST_SIFT not in dict(stages(world, campaign_id))
    act(world, drop_first_sift, campaign_id)


def test_a_criterion_of_the_interview_or_of_no_question_or_of_every_one_cannot_lead(world):
    campaign_id = world.campaign(until=CampaignState.DRAFT)
    with pytest.raises(Invalid, match="criteria of the sift"):
        act(world, name_lead, campaign_id, criterion_id=criterion_of(world, campaign_id, "Judgement"))
    for numbers, words in (((), "No question is scored"), ((1, 2, 3), "would be the whole sift")):
        act(world, change_criterion, campaign_id, **scored_on(world, campaign_id, *numbers))
        with pytest.raises(Invalid, match=words):
            act(world, name_lead, campaign_id, criterion_id=criterion_of(world, campaign_id))
        with world.staff_desk.sessions.reading() as session:
            choices = list_lead_choices(session, actor=world.actor("recruiter"), campaign_id=campaign_id)
        assert [one.name for one in choices if one.why_not] == [LEAD]


def test_what_it_rests_on_stays_while_it_is_planned(world):
    campaign_id = planned(world)
    with pytest.raises(TooSoon, match="held on this criterion"):
        act(world, remove_criterion, campaign_id, criterion_id=criterion_of(world, campaign_id))
    act(world, change_criterion, campaign_id, **scored_on(world, campaign_id))
    with pytest.raises(Invalid, match="Change the first sift"):
        act(world, campaigns.open_campaign, campaign_id)
    act(world, change_criterion, campaign_id, **scored_on(world, campaign_id, 2, 3))
    act(world, campaigns.open_campaign, campaign_id)
    with pytest.raises(Invalid, match="No question is scored"):
        act(world, change_criterion, campaign_id, **scored_on(world, campaign_id), reason="A slip.")
    for what, more in ((drop_first_sift, {}), (name_lead, {"criterion_id": criterion_of(world, campaign_id)})):
        with pytest.raises(TooLate, match="plan a first sift"):
            act(world, what, campaign_id, **more)


def test_the_advert_says_it_and_on_what(world):
    campaign_id = planned(world)
    act(world, campaigns.open_campaign, campaign_id)
    with world.public_desk.sessions.reading() as session:
        told = read_advert(session, desk=world.public_desk, campaign_id=campaign_id)
    assert (told.first_sift.criterion, told.first_sift.questions) == (LEAD, (LEAD_QUESTION,))
    other = world.campaign(until=CampaignState.OPEN, applications=1, title="Another")
    with world.public_desk.sessions.reading() as session:
        assert read_advert(session, desk=world.public_desk, campaign_id=other).first_sift is None


def test_the_sift_waits_for_a_decision_with_a_reason_after_the_closing_time(world):
    campaign_id = closed(world)
    with pytest.raises(TooSoon, match="Decide first whether"):
        act(world, sift.open_sift, campaign_id)
    with pytest.raises(Invalid, match="Say why"):
        decide(world, campaign_id, reason=" ")
    world.clock.advance(days=-10)
    with pytest.raises(TooSoon, match="after the closing time"):
        decide(world, campaign_id)
    world.clock.advance(days=10)
    decide(world, campaign_id)
    decide(world, campaign_id, is_held=False, reason="Only eight applied.")
    assert read(world, campaign_id).was_held is False
    act(world, sift.open_sift, campaign_id)
    with pytest.raises(TooLate):
        decide(world, campaign_id)
    assert set(handed_out(world, campaign_id)) == {
        (key, number) for key in applications_of(world, campaign_id) for number in (1, 2, 3)
    }


def test_a_decision_taken_before_applications_opened_again_is_taken_anew(world):
    campaign_id = closed(world)
    decide(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).closes_at = world.clock.now + timedelta(days=2)
    world.clock.advance(days=3)
    assert not read(world, campaign_id).is_decided
    with pytest.raises(TooSoon, match="Decide first whether"):
        act(world, sift.open_sift, campaign_id)


def test_none_can_be_held_that_the_advert_did_not_announce(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=2)
    world.clock.advance(days=20)
    with pytest.raises(TooSoon, match="advert said nothing"):
        decide(world, campaign_id)
    act(world, sift.open_sift, campaign_id)


def test_only_answers_on_the_lead_criterion_are_handed_out_each_to_two_and_queues_count_only_those(world):
    campaign_id = begun(world)
    own = applications_of(world, campaign_id)
    assert handed_out(world, campaign_id) == {(key, LEAD_QUESTION): 2 for key in own}
    totals = []
    for part in SHORTLISTERS:
        with world.public_desk.sessions.reading() as session:
            mine = next(one for one in list_own_sifts(session, actor=world.actor(part)))
            queue = sift.read_queue(session, actor=world.actor(part), campaign_id=campaign_id)
        assert queue.is_first_sift and {item.question_number for item in queue.items} == {LEAD_QUESTION}
        assert mine.total == queue.total
        totals.append(mine.total)
    assert sum(totals) == 2 * len(own) and max(totals) - min(totals) <= 1


def test_a_copy_plans_it_again_and_a_template_does_not(world):
    campaign_id = planned(world)
    copied = act(
        world, copy_campaign, campaign_id, title="Again", opens_at=world.clock.now,
        closes_at=world.clock.now + timedelta(days=9),
    )  # fmt: skip
    found = read(world, copied)
    assert (found.criterion, found.questions, found.was_held) == (LEAD, (LEAD_QUESTION,), None)
    with world.staff_desk.sessions.reading() as session:
        before, after = (
            read_plan(session, actor=world.actor("recruiter"), campaign_id=key) for key in (campaign_id, copied)
        )
    assert before.stages == after.stages
    assert [replace(one.stage) for one in before.criteria] == [one.stage for one in after.criteria]
    act(world, keep_template, campaign_id, title="Kept")
    with world.staff_desk.sessions.reading() as session:
        kept = list_templates(session, actor=world.actor("recruiter"))[0].template
    assert [kind for kind, _ in kept.stages] == [StageKind.SIFT, StageKind.INTERVIEW]
    assert {one.stage for one in kept.criteria} == {1, 2}


def test_the_trail_says_each_step_in_words(world):
    campaign_id = begun(world, 2)
    with world.staff_desk.sessions.reading() as session:
        told = session.scalars(
            select(TrailEvent.event).where(
                TrailEvent.chain_id == campaign_id, TrailEvent.event.startswith("first_sift")
            )
        ).all()
        page = read_trail(session, actor=world.actor("auditor"), campaign_id=campaign_id)
    assert told == ["first_sift_named", "first_sift_decided"]
    said = " ".join(line.sentence for line in page.lines)
    assert "planned a first sift on one criterion, with its minimum of 4" in said
    assert "held the first sift: “212 applied.”" in said
