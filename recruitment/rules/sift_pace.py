"""How long the rest of a sift takes at the scorer's own pace, and whether their measure has moved.

Both come from one scorer's own times and scores. The interval for a median from order statistics (the sign test
turned round): Conover, Practical Nonparametric Statistics, 3rd edition, section 3.2. That scorers drift while they
score: Leckie and Baird, Rater Effects on Essay Scoring, Journal of Educational Measurement 48(4), 2011.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from math import comb

LEAST_ANSWERS = 5
RECENT_ANSWERS = 20
LONGEST_ON_ONE = timedelta(minutes=20)
"""A longer gap between two answers was a break."""
COMPARED_SCORES = 20
LEAST_DRIFT = Fraction(1)
"""Less is often chance: with scores spread by 1.3, two means of twenty differ by 0.4 or so for no reason."""
_CONFIDENCE = Fraction(9, 10)


@dataclass(frozen=True)
class TimeLeft:
    """A range in whole minutes, rounded outwards to what can honestly be told apart; breaks are not in it."""

    least: int
    most: int


@dataclass(frozen=True)
class Drift:
    """Mean of the last `scores` less the mean of the first `scores`; below nought the scorer became harsher."""

    scores: int
    difference: Fraction


def time_left(finished: Sequence[datetime], left: int) -> TimeLeft | None:
    """From when the scorer finished recent answers, in order of time, and how many answers are left.

    None before five answers of known length (the first of a sitting has none), and when none is left.
    """
    gaps = [later - earlier for earlier, later in pairwise(finished)]
    spans = sorted([gap for gap in gaps if gap <= LONGEST_ON_ONE][-RECENT_ANSWERS:])
    if left < 1 or len(spans) < LEAST_ANSWERS:
        return None
    cut = _rank_from_the_end(len(spans))
    return TimeLeft(_rounded(spans[cut] * left, up=False), _rounded(spans[-1 - cut] * left, up=True))


def _rank_from_the_end(number: int) -> int:
    """How many of the sorted values to leave out at each end so that the median lies within with 90 %."""
    cut, outside = 0, 0
    for rank in range(number // 2):
        outside += 2 * comb(number, rank)
        if 1 - Fraction(outside, 2**number) < _CONFIDENCE:
            break
        cut = rank
    return cut


def _rounded(span: timedelta, *, up: bool) -> int:
    """Minutes: to 5 within the hour, to 15 within three hours, to 30 beyond; never less than 5 upwards."""
    minutes = Fraction(int(span / timedelta(seconds=1)), 60)
    step = 5 if minutes <= 60 else 15 if minutes <= 180 else 30
    return max(1, -(-minutes // step)) * step if up else minutes // step * step


def drift(scores: Sequence[int]) -> Drift | None:
    """Of one scorer's scores for one criterion of one question, in the order of their own queue.

    That order is by lot, so the answers themselves are no better or worse at its end. None with fewer than twice
    twenty scores, and for less than a whole point.
    """
    if len(scores) < 2 * COMPARED_SCORES:
        return None
    first, last = scores[:COMPARED_SCORES], scores[-COMPARED_SCORES:]
    difference = Fraction(sum(last) - sum(first), COMPARED_SCORES)
    return Drift(COMPARED_SCORES, difference) if abs(difference) >= LEAST_DRIFT else None
