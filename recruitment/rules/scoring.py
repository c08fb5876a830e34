"""Scores, totals, minimums and the interview line, in exact arithmetic.

Sources: Civil Service Success Profiles (the scale of 1 to 7 and its labels); Civil Service Commission,
Recruitment Principles (merit: nobody proceeds who does not meet the minimum).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

DEFAULT_MINIMUM = 4
TOLERANCE = 1
_LARGE_CHANGE = 2


@dataclass(frozen=True)
class Scale:
    """Whole scores from `lowest`, one label for each."""

    lowest: int
    labels: tuple[str, ...]

    @property
    def highest(self) -> int:
        return self.lowest + len(self.labels) - 1

    def has(self, score: int) -> bool:
        return self.lowest <= score <= self.highest


DEFAULT_SCALE = Scale(
    1,
    (
        "Not demonstrated",
        "Minimal demonstration",
        "Moderate demonstration",
        "Acceptable demonstration",
        "Good demonstration",
        "Strong demonstration",
        "Outstanding demonstration",
    ),
)


@dataclass(frozen=True)
class BlindResult:
    """What the scores say of one application, before anybody knows whose it is."""

    application_id: str
    total: Fraction
    meets_minimum: bool


@dataclass(frozen=True)
class Agreement:
    """Shares of pairs of independent scores, None where there is no pair."""

    pairs: int
    exact: Fraction | None
    within_one: Fraction | None


def final_score(independent: Sequence[int], agreed: int | None = None) -> Fraction:
    """The score agreed in moderation, or else the mean of the independent ones. ValueError where there
    is neither.
    """
    if agreed is not None:
        return Fraction(agreed)
    if not independent:
        raise ValueError("An answer without a score has no final score.")
    return Fraction(sum(independent), len(independent))


def weighted_total(finals: Mapping[K, Fraction], weights: Mapping[K, int]) -> Fraction:
    """Sum of weight times final score. Every weighted answer and criterion must be scored and no other:
    ValueError.
    """
    if set(finals) != set(weights):
        raise ValueError("The total needs a final score for each weighted criterion, and for no other.")
    return sum((weights[key] * final for key, final in finals.items()), Fraction(0))


def meets_minimum(finals: Mapping[K, Fraction], minimums: Mapping[K, int]) -> bool:
    """Whether every minimum is reached; a mean just below one is below it. ValueError where a score is
    missing.
    """
    if not set(minimums) <= set(finals):
        raise ValueError("A criterion with a minimum has no final score.")
    return all(finals[key] >= minimum for key, minimum in minimums.items())


def differs(scores: Sequence[int], tolerance: int = TOLERANCE, minimum: int | None = None) -> bool:
    """Whether independent scores must be moderated: too far apart, or on both sides of the minimum."""
    if not scores:
        return False
    if max(scores) - min(scores) > tolerance:
        return True
    return minimum is not None and min(scores) < minimum <= max(scores)


def agreement(pairs: int, same: int, within_one: int) -> Agreement:
    """How often two shortlisters gave the same score, or one within a point, from how many pairs did."""
    if not pairs:
        return Agreement(0, None, None)
    return Agreement(pairs, Fraction(same, pairs), Fraction(within_one, pairs))


def reason_needed(score: int, minimum: int | None, independent: Sequence[int] = ()) -> bool:
    """Whether a score needs a written reason: it is below the minimum, or moves an earlier score by two
    or more.
    """
    below = minimum is not None and score < minimum
    return below or any(abs(score - earlier) >= _LARGE_CHANGE for earlier in independent)


def ranked_groups(totals: Mapping[str, Fraction]) -> tuple[tuple[Fraction, tuple[str, ...]], ...]:
    """Groups of equal totals, best first; the order inside a group is that of the ids and means nothing."""
    ordered = sorted(totals.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        (total, tuple(application for application, _ in group))
        for total, group in groupby(ordered, key=lambda item: item[1])
    )


def ties_at(totals: Mapping[str, Fraction], places: int) -> tuple[str, ...]:
    """Those with equal totals among whom the last of the places falls; empty where the places end
    between groups.
    """
    before = 0
    for _, group in ranked_groups(totals):
        if before < places < before + len(group):
            return group
        before += len(group)
    return ()


def above_line(results: Iterable[BlindResult], line: Fraction) -> frozenset[str]:
    """Those at or above the interview line; it never admits anybody below a minimum, however high the
    total.
    """
    return frozenset(result.application_id for result in results if result.meets_minimum and result.total >= line)
