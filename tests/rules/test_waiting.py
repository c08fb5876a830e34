"""What waits for whom, what holds a campaign up, and when it is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.delays import held_up_by, sift_coverage, why_late
from recruitment.rules.permissions import Role
from recruitment.rules.waiting import (
    FINISHED,
    RUNNING,
    Place,
    Standing,
    next_date_of,
    stage_of,
    tasks_of,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
RECRUITER = frozenset({Role.RECRUITER})


def standing(state=CampaignState.OPEN, roles=RECRUITER, **facts):
    given = {
        "opens_at": NOW - timedelta(days=20), "closes_at": NOW + timedelta(days=3),
        "interviews_from": None, "interviews_until": None,
    } | facts  # fmt: skip
    return Standing(state=state, roles=frozenset(roles), **given)


def words(found):
    return [task.words for task in found]


def test_every_state_is_either_running_or_finished():
    assert {*RUNNING, *FINISHED} == set(CampaignState)
    assert not set(RUNNING) & set(FINISHED)


def test_nothing_waits_for_a_recruiter_while_applications_come_in():
    assert tasks_of(standing(), NOW) == ()
    assert held_up_by(standing(), NOW) == ""
    assert next_date_of(standing(), NOW) == ("Closes", date(2026, 11, 29))


def test_what_is_to_clear_comes_before_the_sift_can_open():
    closed = standing(closes_at=NOW - timedelta(days=1), to_clear=2)
    assert words(tasks_of(closed, NOW)) == ["2 answers with passages to clear"]
    assert held_up_by(closed, NOW) == "Clearers: 2 answers"
    assert words(tasks_of(replace(closed, to_clear=0), NOW)) == ["Open the sift"]
    assert stage_of(closed, NOW) == "Closed for applications"


def test_a_closing_time_near_midnight_is_due_on_the_day_it_is_in_the_uk():
    summer = standing(closes_at=datetime(2026, 7, 1, 22, 59, tzinfo=UTC), to_clear=1)
    assert tasks_of(summer, NOW)[0].due == date(2026, 7, 1)
    after_midnight = replace(summer, closes_at=datetime(2026, 7, 1, 23, 30, tzinfo=UTC))
    assert tasks_of(after_midnight, NOW)[0].due == date(2026, 7, 2)


def test_shortlisters_hold_the_sift_up_then_moderation_then_the_recruiter():
    sift = standing(CampaignState.SIFTING, scores_wanted=30, scores_given=29, in_moderation=1)
    assert held_up_by(sift, NOW) == "Shortlisters: 1 score"
    assert sift_coverage(sift) == 96
    assert tasks_of(sift, NOW) == ()
    scored = replace(sift, scores_given=30)
    assert held_up_by(scored, NOW) == "Moderation: 1 score"
    done = replace(scored, in_moderation=0)
    assert held_up_by(done, NOW) == "Recruiter: scores to lock"
    assert words(tasks_of(done, NOW)) == ["Arrange moderation, or lock the scores"]


def test_an_answer_without_a_scorer_holds_the_sift_up_and_waits_for_whoever_can_hand_it_on():
    freed = standing(CampaignState.SIFTING, scores_wanted=30, scores_given=30, unfilled=2)
    assert held_up_by(freed, NOW) == "Recruiter: 2 answers without a scorer, to hand over"
    assert words(tasks_of(freed, NOW)) == ["2 answers to hand to another shortlister"]
    assert held_up_by(replace(freed, scores_given=0), NOW) == held_up_by(freed, NOW)
    assert tasks_of(replace(freed, roles=frozenset({Role.CLEARER})), NOW) == ()


def test_a_first_sift_is_closed_again_on_who_came_late_while_the_others_are_still_read():
    late = standing(CampaignState.SIFTING, scores_wanted=30, scores_given=9, in_first_sift=1)
    assert tasks_of(late, NOW) == () and held_up_by(late, NOW) == "Shortlisters: 21 scores"
    scored = replace(late, to_settle=1)
    assert words(tasks_of(scored, NOW)) == ["1 application on which to close the first sift again"]
    assert held_up_by(scored, NOW) == "Recruiter: first sift to close again, 1 application"


def test_a_sift_with_a_score_missing_is_never_said_to_be_whole():
    sift = standing(CampaignState.SIFTING, scores_wanted=1_000, scores_given=999)
    assert sift_coverage(sift) == 99


def test_the_second_person_is_asked_for_the_reveal_and_whoever_asked_is_not():
    frozen = standing(CampaignState.FROZEN, {Role.PANEL_CHAIR})
    assert tasks_of(frozen, NOW) == ()
    asked = replace(frozen, is_reveal_asked=True)
    assert [task.place for task in tasks_of(asked, NOW)] == [Place.AGREEMENT]
    assert tasks_of(replace(asked, asked_reveal_myself=True), NOW) == ()


def test_the_chair_decides_only_when_no_interview_of_theirs_is_left():
    revealed = standing(CampaignState.REVEALED, {Role.PANEL_CHAIR}, to_interview=3)
    assert words(tasks_of(revealed, NOW)) == ["3 interviews to score"]
    assert words(tasks_of(replace(revealed, to_interview=0), NOW)) == ["Outcomes to decide"]


def test_somebody_who_only_shortlists_has_answers_to_score_and_nothing_else():
    sift = standing(CampaignState.SIFTING, {Role.SHORTLISTER}, to_score=12, to_moderate=1)
    assert [task.place for task in tasks_of(sift, NOW)] == [Place.SCORING_SITE, Place.SCORING_SITE]


@pytest.mark.parametrize(
    ("state", "facts", "why"),
    [
        (CampaignState.DRAFT, {"opens_at": NOW}, "the opening date has passed"),
        (CampaignState.DRAFT, {"opens_at": NOW + timedelta(seconds=1)}, ""),
        (CampaignState.OPEN, {"closes_at": NOW - timedelta(days=7)}, "it closed 7 days ago"),
        (CampaignState.OPEN, {"closes_at": NOW - timedelta(days=6, hours=23)}, ""),
        (CampaignState.SCORED, {"interviews_from": date(2026, 11, 26)}, "interviews should have begun"),
        (CampaignState.SCORED, {"interviews_from": date(2026, 11, 27)}, ""),
        (CampaignState.REVEALED, {"interviews_until": date(2026, 11, 25)}, "interviews should be over"),
        (CampaignState.REVEALED, {"interviews_until": date(2026, 11, 26)}, ""),
        (CampaignState.RELEASED, {"interviews_until": date(2026, 1, 1)}, ""),
    ],
)
def test_a_campaign_is_in_trouble_by_its_own_dates_alone(state, facts, why):
    said = why_late(standing(state, **facts), NOW)
    assert said.startswith(why)
    assert bool(said) is bool(why)


@pytest.mark.parametrize("state", RUNNING)
def test_what_is_held_up_by_the_recruiter_waits_for_the_recruiter(state):
    closed = standing(state, closes_at=NOW - timedelta(days=1), to_book=1)
    if held_up_by(closed, NOW).startswith("Recruiter"):
        assert tasks_of(closed, NOW)


def test_requirements_are_checked_before_the_sift_can_open_and_late_ones_during_it():
    closed = standing(closes_at=NOW - timedelta(days=1), to_check=2)
    (task,) = tasks_of(closed, NOW)
    assert (task.words, task.place) == ("2 applications whose requirements are to check", Place.ELIGIBILITY)
    assert task.due == closed.closing_day
    assert held_up_by(closed, NOW) == "Recruiter: 2 applications to check"
    assert words(tasks_of(replace(closed, to_check=0), NOW)) == ["Open the sift"]
    late = standing(CampaignState.SIFTING, to_check=1, interviews_from=date(2026, 12, 9))
    assert tasks_of(late, NOW)[0].due == date(2026, 12, 9)
    assert held_up_by(late, NOW) == "Recruiter: 1 application to check"


def test_an_outside_scorer_waits_for_whoever_can_do_something_about_it():
    deputy = standing(CampaignState.SIFTING, {Role.DEPUTY}, scorers_to_decide=1, scorers_not_set_up=1)
    assert words(tasks_of(deputy, NOW)) == ["1 outside scorer to decide on as the second person"]
    mine = standing(scorers_asked=1, scorers_not_set_up=2)
    assert words(tasks_of(mine, NOW)) == [
        "1 outside scorer waiting for a second person",
        "2 outside scorers without a sign-in yet",
    ]
    assert {task.place for task in tasks_of(mine, NOW)} == {Place.OUTSIDE_SCORERS}


def test_a_closing_time_waits_for_whoever_answers_or_agrees():
    deputy = standing(CampaignState.SIFTING, {Role.DEPUTY}, closings_to_agree=2)
    assert words(tasks_of(deputy, NOW)) == ["2 new closing times wait for your agreement"]
    asked = standing(more_time_asked=1)
    assert [(task.words, task.place) for task in tasks_of(asked, NOW)] == [
        ("1 request for more time to answer", Place.CLOSING_TIMES)
    ]


def test_marks_of_a_test_come_before_interviews_are_booked():
    tested = standing(CampaignState.REVEALED, to_mark=1, to_book=4)
    assert words(tasks_of(tested, NOW)) == ["Marks of 1 stage, before interviews are booked"]
    assert held_up_by(tested, NOW) == "Recruiter: marks of a test"
    assert words(tasks_of(replace(tested, to_mark=0), NOW)) == ["4 interviews to book"]
