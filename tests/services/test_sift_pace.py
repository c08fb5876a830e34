"""A shortlister's own pace, measure and place, and how a score is taken back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.trail import event_sentence
from recruitment.services import moderation, moderation_lists, scores, sift
from recruitment.services.sift_pace import find_where_stopped, read_own_measure
from recruitment.store.sift import Score
from recruitment.store.trail import TrailEvent

ME, OTHER = "shortlister_one", "shortlister_two"


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.SIFTING, applications=6)


def handles(world, campaign, part=ME):
    with world.public_desk.sessions.reading() as session:
        queue = sift.read_queue(session, actor=world.actor(part), campaign_id=campaign, per_page=1000)
        return [item.handle for item in queue.items]


def asked(world, campaign, handle, part=ME):
    desk, actor = world.public_desk, world.actor(part)
    with desk.sessions.reading() as session:
        answer = sift.read_answer(session, actor=actor, desk=desk, campaign_id=campaign, handle=handle)
    return {
        "actor": actor,
        "desk": desk,
        "campaign_id": campaign,
        "handle": handle,
        "criterion_id": answer.criteria[0].id,
    }


def give(world, campaign, handle, value, reason="", part=ME, minutes=3):
    world.clock.advance(minutes=minutes)
    with world.public_desk.sessions.writing() as session:
        return scores.score_answer(session, **asked(world, campaign, handle, part), value=value, reason=reason)


def undo(world, campaign, handle, part=ME):
    with world.public_desk.sessions.writing() as session:
        return scores.undo_score(session, **asked(world, campaign, handle, part))


def own(world, campaign, handle):
    desk = world.public_desk
    with desk.sessions.reading() as session:
        answer = sift.read_answer(session, actor=world.actor(ME), desk=desk, campaign_id=campaign, handle=handle)
    return answer.criteria[0].score, answer.criteria[0].reason


def measure(world, campaign, part=ME, left=10):
    with world.public_desk.sessions.reading() as session:
        return read_own_measure(session, actor=world.actor(part), campaign_id=campaign, left=left)


def stopped(world, campaign):
    with world.public_desk.sessions.reading() as session:
        return find_where_stopped(session, actor=world.actor(ME), campaign_id=campaign)


def events(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return [
            (event, event_sentence("Dev", event, detail, {}))
            for event, detail in session.execute(
                select(TrailEvent.event, TrailEvent.detail)
                .where(TrailEvent.chain_id == campaign)
                .order_by(TrailEvent.number)
            )
        ]


def test_the_time_left_comes_from_the_persons_own_scores_alone(world, campaign):
    for handle in handles(world, campaign, OTHER)[:8]:
        give(world, campaign, handle, 5, part=OTHER)
    assert measure(world, campaign).time_left is None
    assert measure(world, campaign, OTHER).time_left.most == 30


def test_drift_is_that_of_one_criterion_of_one_question(world):
    campaign = world.campaign(until=CampaignState.SIFTING, applications=62)
    mine = handles(world, campaign)
    for place, handle in enumerate(mine):
        give(world, campaign, handle, 6 if place < 20 else 4, minutes=0)
    found = measure(world, campaign).drifts
    assert [(one.question_number, one.drift.difference) for one in found] == [(1, Fraction(-2))]


def test_scoring_goes_on_behind_the_last_score_and_only_then_at_what_was_left_out(world, campaign):
    mine = handles(world, campaign)
    assert stopped(world, campaign) == mine[0]
    give(world, campaign, mine[4], 5)
    assert stopped(world, campaign) == mine[5]
    for handle in mine[5:]:
        give(world, campaign, handle, 5)
    assert stopped(world, campaign) == mine[0]


def test_undo_takes_a_first_score_away_and_hands_its_reason_back(world, campaign):
    first = handles(world, campaign)[0]
    give(world, campaign, first, 2, "General claims.")
    undone = undo(world, campaign, first)
    assert (undone.value, undone.reason, undone.restored) == (2, "General claims.", None)
    assert own(world, campaign, first) == (None, "")


def test_undo_of_a_change_brings_the_earlier_score_back_and_a_second_takes_that_away(world, campaign):
    first = handles(world, campaign)[0]
    give(world, campaign, first, 3, "Thin.")
    give(world, campaign, first, 6, "Two examples.")
    assert undo(world, campaign, first).restored == 3
    assert own(world, campaign, first) == (3, "Thin.")
    assert undo(world, campaign, first).restored is None
    assert own(world, campaign, first) == (None, "")
    assert undo(world, campaign, first) is None


def test_the_trail_keeps_the_score_and_that_it_was_taken_back(world, campaign):
    first = handles(world, campaign)[0]
    give(world, campaign, first, 3, "Thin.")
    give(world, campaign, first, 6)
    undo(world, campaign, first)
    told = [
        sentence for event, sentence in events(world, campaign) if "scored an" in sentence or "back" in sentence
    ]
    assert told == [
        "Dev scored an answer: 3.",
        "Dev scored an answer: 6.",
        "Dev took a score back: 6; 3 stands again.",
    ]


def test_the_same_score_sent_twice_changes_nothing(world, campaign):
    first = handles(world, campaign)[0]
    assert give(world, campaign, first, 6, "Two examples.")
    assert not give(world, campaign, first, 6, "Two examples. ")
    with world.public_desk.sessions.reading() as session:
        kept = session.get(Score, (campaign, first, asked(world, campaign, first)["criterion_id"]))
        assert kept.replaced_value is None
    assert [event for event, _ in events(world, campaign)].count("answer_scored") == 1


def test_nobody_undoes_anothers_score(world, campaign):
    first = handles(world, campaign)[0]
    give(world, campaign, first, 5)
    sent = asked(world, campaign, first) | {"actor": world.actor(OTHER)}
    with pytest.raises(NotFound), world.public_desk.sessions.writing() as session:
        scores.undo_score(session, **sent)
    assert own(world, campaign, first) == (5, "")


def test_a_score_in_moderation_is_not_undone(world, campaign):
    for part, value in ((ME, 7), (OTHER, 4), ("shortlister_three", 5)):
        for handle in handles(world, campaign, part):
            give(world, campaign, handle, value, part=part)
    with world.staff_desk.sessions.writing() as session:
        moderation.arrange_moderation(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign
        )
    with world.public_desk.sessions.reading() as session:
        case = moderation_lists.list_moderation(session, actor=world.actor(ME), campaign_id=campaign)[0]
    with pytest.raises(TooLate):
        undo(world, campaign, case.handle)
