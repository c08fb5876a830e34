"""Closing a first sift: the minimum cuts, lead scores lock, and whoever goes past it is read in full."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.commands.sample.scoring import agree_moderation
from recruitment.rules.errors import NotAllowed, TooLate, TooSoon
from recruitment.rules.permissions import Role
from recruitment.rules.waiting import tasks_of
from recruitment.services import coverage, moderation, scores, sift
from recruitment.services.filling import fill_places
from recruitment.services.first_sift_results import settle_first_sift
from recruitment.services.first_sifts import read_first_sift
from recruitment.services.late_applications import hand_out_late
from recruitment.services.roles import give_role, take_role
from recruitment.services.waiting import list_work
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign
from recruitment.store.sift import Allocation
from tests.support.canaries import Withheld, apply
from tests.support.first_sifts import (
    LEAD_QUESTION,
    SHORTLISTERS,
    act,
    applications_of,
    begun,
    criterion_of,
    handed_out,
    score_queues,
    settle,
    settled,
)


def read(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return read_first_sift(session, actor=world.actor("recruiter"), campaign_id=campaign_id)


def covered(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return coverage.read_coverage(session, actor=world.actor("recruiter"), campaign_id=campaign_id)


def waits(world, part):
    """What waits for somebody, on their first screen."""
    with world.staff_desk.sessions.reading() as session:
        work = list_work(session, actor=world.actor(part))
    return [task.words for one in work for task in tasks_of(one.standing, world.clock.now)]


def own_handle(world, campaign_id, application_id, number=LEAD_QUESTION):
    """A shortlister who has that answer, and their handle of it."""
    people = {key: part for part, key in world.people.items()}
    with world.staff_desk.sessions.reading() as session:
        for handle, person_id in session.execute(
            select(Allocation.id, Allocation.person_id)
            .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
            .where(Answer.application_id == application_id, Allocation.state == "open")
            .order_by(Allocation.person_id)
        ):
            answer = sift.read_answer(
                session, actor=world.actor(people[person_id]), desk=world.staff_desk, campaign_id=campaign_id,
                handle=handle,
            )  # fmt: skip
            if answer.question_number == number:
                return people[person_id], handle
    raise AssertionError(number)


def test_it_closes_only_once_each_lead_answer_is_scored_and_each_difference_agreed(world):
    campaign_id = begun(world)
    with pytest.raises(TooSoon, match="not scored"):
        settle(world, campaign_id)
    with pytest.raises(TooSoon, match="Close the first sift first"):
        act(world, coverage.lock_scores, campaign_id)
    score_queues(world, campaign_id)
    assert covered(world, campaign_id).is_complete, "coverage counts what is to be scored now"
    first = applications_of(world, campaign_id)[0]
    part, handle = own_handle(world, campaign_id, first)
    act(
        world, scores.score_answer, campaign_id, part, handle=handle,
        criterion_id=criterion_of(world, campaign_id), value=2, reason="Nothing weighed.",
    )  # fmt: skip
    with pytest.raises(TooSoon, match="1 differing"):
        settle(world, campaign_id)
    assert act(world, moderation.arrange_moderation, campaign_id) == 1
    with pytest.raises(TooSoon, match="1 differing"):
        settle(world, campaign_id)
    agree_moderation(world.staff_desk, campaign_id, [world.actor(part) for part in SHORTLISTERS])
    assert settle(world, campaign_id) == (8, 0), "agreed at the minimum, which is good enough"


def test_whoever_reaches_the_minimum_is_handed_out_in_full_and_nobody_else(world):
    campaign_id, low = settled(world)
    past = [key for key in applications_of(world, campaign_id) if key not in low]
    expected = {(key, LEAD_QUESTION): 2 for key in low} | {(key, n): 2 for key in past for n in (1, 2, 3)}
    assert handed_out(world, campaign_id) == expected
    found = read(world, campaign_id)
    assert (found.still, found.past, found.cut) == (0, 5, 3)
    with world.public_desk.sessions.reading() as session:
        for part in SHORTLISTERS:
            queue = sift.read_queue(session, actor=world.actor(part), campaign_id=campaign_id)
            numbers = [item.question_number for item in queue.items]
            assert numbers == sorted(numbers, key=(2, 1, 3).index), "question by question, the lead one first"
            assert not queue.is_first_sift and queue.next_open
    with pytest.raises(TooSoon, match="No application"):
        settle(world, campaign_id)


def test_lead_scores_stand_from_then_on_and_say_so(world):
    campaign_id, low = settled(world)
    past = next(key for key in applications_of(world, campaign_id) if key not in low)
    for key in (low[0], past):
        part, handle = own_handle(world, campaign_id, key)
        asked = {"handle": handle, "criterion_id": criterion_of(world, campaign_id)}
        with pytest.raises(TooLate, match="its scores stand"):
            act(world, scores.score_answer, campaign_id, part, **asked, value=6)
        with pytest.raises(TooLate, match="its scores stand"):
            act(world, scores.undo_score, campaign_id, part, **asked)
        with world.public_desk.sessions.reading() as session:
            page = sift.read_answer(
                session, actor=world.actor(part), desk=world.public_desk, campaign_id=campaign_id, handle=handle
            )
        assert page.criteria[0].is_locked
    part, handle = own_handle(world, campaign_id, past, 1)
    other = criterion_of(world, campaign_id, "Putting things right")
    assert act(world, scores.score_answer, campaign_id, part, handle=handle, criterion_id=other, value=6)


def test_a_late_application_is_read_on_the_lead_first_and_settled_by_itself(world):
    campaign_id, _ = settled(world)
    before = handed_out(world, campaign_id)
    for low in (True, False):
        late = apply(world, campaign_id, Withheld(email=f"late{low}@example.org"),
                     actor=world.add_candidate(f"late{low}@example.org"))  # fmt: skip
        with world.staff_desk.sessions.writing() as session:
            campaign = session.get_one(Campaign, campaign_id)
            hand_out_late(
                session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign=campaign,
                application_id=late,
            )  # fmt: skip
        assert {number for key, number in handed_out(world, campaign_id) if key == late} == {LEAD_QUESTION}
        with world.public_desk.sessions.reading() as session:
            assert not sift.read_queue(
                session, actor=world.actor(SHORTLISTERS[0]), campaign_id=campaign_id
            ).is_first_sift, "no shortlister is told that somebody is late"
        again = "1 application on which to close the first sift again"
        assert again not in waits(world, "recruiter")
        score_queues(world, campaign_id, [late] if low else (), only=late)
        assert again in waits(world, "recruiter"), "before the other answers are scored"
        assert again not in waits(world, SHORTLISTERS[0])
        with pytest.raises(TooSoon, match="Close the first sift first"):
            act(world, coverage.lock_scores, campaign_id)
        assert settle(world, campaign_id) == ((0, 1) if low else (1, 0))
        numbers = {number for key, number in handed_out(world, campaign_id) if key == late}
        assert numbers == ({LEAD_QUESTION} if low else {1, 2, 3})
    assert {key: held for key, held in handed_out(world, campaign_id).items() if key in before} == before


def test_places_are_filled_only_among_what_is_to_be_scored(world):
    campaign_id = begun(world)
    act(world, take_role, campaign_id, person_id=world.people["shortlister_three"], role=Role.SHORTLISTER)
    assert min(handed_out(world, campaign_id).values()) == 1
    freed = covered(world, campaign_id).unfilled
    assert f"{freed} answers to hand to another shortlister" in waits(world, "recruiter")
    assert not any("hand to another" in words for part in SHORTLISTERS for words in waits(world, part))
    act(world, fill_places, campaign_id)
    assert not any("hand to another" in words for words in waits(world, "recruiter"))
    assert handed_out(world, campaign_id) == {
        (key, LEAD_QUESTION): 2 for key in applications_of(world, campaign_id)
    }


def test_nobody_is_handed_more_of_somebody_they_know(world):
    campaign_id = begun(world)
    known = applications_of(world, campaign_id)[0]
    part, handle = own_handle(world, campaign_id, known)
    act(
        world, scores.declare_recognition, campaign_id, part, handle=handle,
        recognition=scores.Recognition.RECUSED,
    )  # fmt: skip
    score_queues(world, campaign_id)
    settle(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        held = session.scalars(
            select(Allocation.person_id)
            .join(Answer, (Answer.campaign_id == Allocation.campaign_id) & (Answer.id == Allocation.answer_id))
            .where(Answer.application_id == known, Allocation.state == "open")
        ).all()
    assert len(held) == 6 and world.people[part] not in held


def test_scores_that_must_not_count_put_whoever_they_cut_back_into_the_first_sift(world):
    campaign_id, low = settled(world)
    act(
        world, take_role, campaign_id, person_id=world.people["shortlister_one"], role=Role.SHORTLISTER,
        set_aside="They knew several candidates.",
    )  # fmt: skip
    again = read(world, campaign_id).still
    assert again and read(world, campaign_id).cut == 3 - again and read(world, campaign_id).past == 5
    with pytest.raises(TooSoon):
        settle(world, campaign_id)
    act(world, give_role, campaign_id, person_id=world.people["shortlister_one"], role=Role.SHORTLISTER)
    act(world, fill_places, campaign_id)
    score_queues(world, campaign_id, low)
    act(world, moderation.arrange_moderation, campaign_id)
    agree_moderation(world.staff_desk, campaign_id, [world.actor(part) for part in SHORTLISTERS])
    assert sum(settle(world, campaign_id)) == again


def test_a_shortlister_who_knew_somebody_who_was_cut_hands_that_answer_on(world):
    campaign_id, low = settled(world)
    part, handle = own_handle(world, campaign_id, low[0])
    act(
        world, scores.declare_recognition, campaign_id, part, handle=handle,
        recognition=scores.Recognition.RECUSED,
    )  # fmt: skip
    assert read(world, campaign_id).still == 1
    score_queues(world, campaign_id)
    with pytest.raises(TooSoon, match="1 differing"):
        settle(world, campaign_id)


def test_only_who_arranges_the_sift_closes_it(world):
    campaign_id = begun(world)
    for part in ("shortlister_one", "member", "analyst"):
        with pytest.raises(NotAllowed):
            act(world, settle_first_sift, campaign_id, part)
