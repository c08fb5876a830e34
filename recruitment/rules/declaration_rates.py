"""How many of those who were asked a question answered it, from published figures, and how two times compare.

Sources: Wilson (1927) for one rate; Newcombe (1998), method 10, for the difference of two. Published figures are
rounded, so each interval is first widened by what rounding may have hidden. "Prefer not to say" is no answer here.
A difference between two times is no proof of a cause, and nothing here says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from recruitment.rules.disclosure import LOWEST_DENOMINATOR, ReleaseTable
from recruitment.rules.disparity.rates import Interval, Rate, wilson

TOO_FEW = "too few to say"
NO_CAUSE = (
    "Other things differed between the two as well, such as the posts and who applied. This does not show what "
    "made the difference."
)


@dataclass(frozen=True)
class DeclarationRate:
    """One question at one time. `answered` of `asked` as published; both None where there is nothing to say.

    `interval`: 95 %, as shares from 0 to 1, with room for rounding.
    """

    characteristic: str
    title: str
    answered: int | None = None
    asked: int | None = None
    interval: Interval | None = None

    @property
    def share(self) -> float | None:
        return self.answered / self.asked if self.answered is not None and self.asked else None

    @property
    def words(self) -> str:
        """The rate with its figures and interval, or that there are too few to say."""
        if self.share is None or self.interval is None:
            return TOO_FEW.capitalize()
        return (
            f"{_per_cent(self.share)} ({self.answered} of {self.asked}; {_per_cent(self.interval.low)} to "
            f"{_per_cent(self.interval.high)})"
        )


def _per_cent(share: float) -> str:
    return f"{100 * share:.0f} %"


def rate_of(table: ReleaseTable, *, slack: int) -> DeclarationRate:
    """Of the applicants. `slack`: by how much a published figure may differ from the true one, in people."""
    answered, asked = table.declaration[0].shown, table.asked[0].shown
    if answered is None or asked is None or asked < LOWEST_DENOMINATOR:
        return DeclarationRate(table.characteristic, table.title)
    answered = min(answered, asked)
    low = wilson(Rate(max(0, answered - slack), asked + slack)).low
    fewest = max(1, asked - slack)
    high = wilson(Rate(min(answered + slack, fewest), fewest)).high
    return DeclarationRate(table.characteristic, table.title, answered, asked, Interval(low, high))


def rates_of(tables: Sequence[ReleaseTable], *, slack: int) -> tuple[DeclarationRate, ...]:
    return tuple(rate_of(table, slack=slack) for table in tables)


@dataclass(frozen=True)
class Compared:
    """Two times of one question. `points`: after less before, in percentage points; None where one is not told."""

    before: DeclarationRate
    after: DeclarationRate
    points: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def sentence(self) -> str:
        """What can be said of the two, and no more."""
        if self.points is None or self.low is None or self.high is None:
            return f"{TOO_FEW.capitalize()} whether more or fewer answered."
        span = f"{_points(self.points)} (95 % interval {_points(self.low)} to {_points(self.high)})"
        if self.low <= 0 <= self.high:
            return f"No difference can be told: {span}. Chance and rounding can make one as large."
        return f"A {'larger' if self.points > 0 else 'smaller'} share answered afterwards: {span}. {NO_CAUSE}"


def _points(number: float) -> str:
    shown = round(number)
    return (
        f"{'+' if shown > 0 else '−' if shown < 0 else ''}{abs(shown)} {'point' if abs(shown) == 1 else 'points'}"
    )


def compare_rates(before: DeclarationRate, after: DeclarationRate) -> Compared:
    """Newcombe's hybrid interval, made from the widened intervals of both."""
    first, second = before.share, after.share
    if first is None or second is None or before.interval is None or after.interval is None:
        return Compared(before, after)
    difference = second - first
    low = difference - sqrt((second - after.interval.low) ** 2 + (before.interval.high - first) ** 2)
    high = difference + sqrt((after.interval.high - second) ** 2 + (first - before.interval.low) ** 2)
    return Compared(before, after, 100 * difference, 100 * max(-1.0, low), 100 * min(1.0, high))
