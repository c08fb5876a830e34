"""When a closing time may move, for whom, until when, and what is said of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from recruitment.rules.campaigns import CampaignState, check_dates
from recruitment.rules.closing_times import (
    Closing,
    ClosingKind,
    check_until,
    kind_for_everybody,
    kind_for_one,
    require_movable,
    what_happens,
)
from recruitment.rules.errors import Invalid, TooLate, TooSoon
from recruitment.rules.sift_allocation import Queued, place_among
from recruitment.rules.trail import event_sentence

CLOSES = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def closing(state: CampaignState) -> Closing:
    return Closing(state, CLOSES - 20 * DAY, CLOSES)


@pytest.mark.parametrize(
    ("state", "now", "for_everybody", "for_one"),
    [
        (CampaignState.OPEN, CLOSES - DAY, ClosingKind.EXTEND, ClosingKind.PERSONAL),
        (CampaignState.OPEN, CLOSES, ClosingKind.REOPEN, ClosingKind.LATE),
        (CampaignState.OPEN, CLOSES + 28 * DAY, None, None),
        (CampaignState.SIFTING, CLOSES + DAY, None, ClosingKind.LATE),
        (CampaignState.SCORED, CLOSES + DAY, None, None),
        (CampaignState.FROZEN, CLOSES + DAY, None, None),
        (CampaignState.DRAFT, CLOSES - DAY, None, None),
    ],
)
def test_a_closing_time_moves_for_everybody_until_the_sift_and_for_one_until_the_scores_are_locked(
    state, now, for_everybody, for_one
):
    assert kind_for_everybody(closing(state), now) == for_everybody
    assert kind_for_one(closing(state), now) == for_one


@pytest.mark.parametrize(
    ("state", "for_everybody", "now", "error", "words"),
    [
        (CampaignState.DRAFT, True, CLOSES, TooSoon, "not open yet"),
        (CampaignState.SIFTING, True, CLOSES + DAY, TooLate, "One late application can still"),
        (CampaignState.SCORED, False, CLOSES + DAY, TooLate, "no longer be scored like the others"),
        (CampaignState.OPEN, False, CLOSES + 30 * DAY, TooLate, "Make a new campaign"),
    ],
)
def test_a_refusal_says_why_and_what_can_still_be_done(state, for_everybody, now, error, words):
    with pytest.raises(error, match=words):
        require_movable(closing(state), for_everybody, now)


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        (ClosingKind.EXTEND, CLOSES),
        (ClosingKind.PERSONAL, CLOSES - timedelta(hours=1)),
        (ClosingKind.LATE, CLOSES + 28 * DAY),
        (ClosingKind.EXTEND, datetime(9999, 12, 31, 23, 59, tzinfo=UTC)),
        (ClosingKind.EXTEND, datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_new_time_is_later_and_a_candidates_own_ends_before_drafts_are_destroyed(kind, until):
    with pytest.raises(Invalid) as refusal:
        check_until(closing(CampaignState.OPEN), kind, until, CLOSES - DAY)
    assert refusal.value.field == "until"
    check_until(closing(CampaignState.OPEN), kind, CLOSES + DAY, CLOSES - DAY)


def test_a_campaigns_dates_lie_in_years_that_somebody_could_mean():
    with pytest.raises(Invalid, match="between 2000 and 2199"):
        check_dates(CLOSES, datetime(9999, 12, 31, tzinfo=UTC))


def test_the_two_who_decide_read_what_is_scored_already():
    said = what_happens(ClosingKind.LATE, CampaignState.SIFTING, 30, 200)
    assert any("30 of 200 answers are scored" in sentence for sentence in said)
    assert any("Shortlisters are not told" in sentence for sentence in said)


def queue(*entries: tuple[str, bool]) -> list[Queued]:
    return [Queued(position, question, done) for position, (question, done) in enumerate(entries, 1)]


def test_a_late_answer_lies_anywhere_among_what_is_still_to_score_of_its_question():
    held = queue(("a", True), ("a", True), ("a", False), ("a", False), ("b", False))
    places = {place_among(held, "a", ["a", "b"], Random(seed)) for seed in range(50)}
    assert places == {3, 4, 5}


def test_a_late_answer_comes_before_the_next_question_or_last_where_its_own_is_done():
    assert place_among(queue(("a", True), ("b", False)), "a", ["a", "b"], Random(1)) == 2
    assert place_among(queue(("a", True), ("b", True)), "a", ["a", "b"], Random(1)) == 3
    assert place_among([], "a", ["a"], Random(1)) == 1


def test_the_trail_tells_the_kind_and_the_time_and_no_candidate():
    detail = {"kind": "late", "until": "2026-06-03T16:00:00+00:00", "request": "x"}
    assert event_sentence("Ann", "closing_agreed", detail, {}) == (
        "Ann agreed to accept one late application, until 17:00 on 3 June 2026."
    )
