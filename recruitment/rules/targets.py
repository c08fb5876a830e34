"""Target shares along the funnel: where published figures fall below one, by how many people, how surely.

A target says where to look for a barrier. It is lawful to measure against one; to choose somebody in order to meet
it is not (Equality Act 2010; a tie-break under s159 is another matter), so nothing here knows a person.
Works on controlled figures alone: what was withheld stays "not published".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from math import ceil

from recruitment.rules.disclosure import LOWEST_DENOMINATOR, Figure, ReleaseTable
from recruitment.rules.disparity.rates import Interval, Rate, wilson
from recruitment.rules.errors import Invalid

NOT_PUBLISHED = "not published"
PURPOSE = (
    "A target shows where to look for barriers. It gives nobody a place and changes no score, order or decision."
)


@dataclass(frozen=True)
class Target:
    """The share (0 to 1, both outside it) that the groups together should have of those who gave an answer.

    `stage` None: at every stage. Raises Invalid.
    """

    characteristic: str
    groups: tuple[str, ...]
    share: Fraction
    stage: str | None = None

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise Invalid("A target must be more than 0% and less than 100%.", "share")
        if not self.groups or len(set(self.groups)) < len(self.groups):
            raise Invalid("A target needs at least one group, and each only once.", "groups")


class Standing(Enum):
    MET = "met"
    BELOW = "below"
    NOT_PUBLISHED = NOT_PUBLISHED


@dataclass(frozen=True)
class StageStanding:
    """How one stage stands. Without published figures only `standing`, `stage` and `sentence` are there.

    `short` is how many more of the same number of people would have to be of the groups, rounded up; `interval`
    is Wilson's, of the share, 0 to 1.
    """

    stage: str
    standing: Standing
    sentence: str
    people: int | None = None
    of: int | None = None
    short: int | None = None
    interval: Interval | None = None


def shortfall(people: int, of: int, share: Fraction) -> int:
    """How many people fewer than the share of `of` they are, rounded up; 0 where it is met."""
    return max(0, ceil(share * of - people))


def _percent(share: Fraction | float) -> str:
    return f"{float(100 * share):.1f}".removesuffix(".0") + "%"


def _withheld(stage: str, why: str) -> StageStanding:
    return StageStanding(stage, Standing.NOT_PUBLISHED, f"{stage.capitalize()}: {NOT_PUBLISHED} ({why}).")


def _standing(target: Target, stage: str, parts: Sequence[Figure], whole: Figure) -> StageStanding:
    shown = [part.shown for part in parts]
    numbers = [number for number in shown if number is not None]
    if whole.shown is None or len(numbers) < len(shown):
        return _withheld(stage, "a figure that it needs is withheld")
    if whole.shown < LOWEST_DENOMINATOR:
        return _withheld(stage, "too few people for a share")
    # Each figure is rounded on its own, so that parts can come to more than the whole.
    people, of = min(sum(numbers), whole.shown), whole.shown
    short, interval = shortfall(people, of, target.share), wilson(Rate(people, of))
    share = Fraction(people, of)
    said = (
        f"{stage.capitalize()}: {_percent(share)} ({people} of {of} as published; 95% interval "
        f"{_percent(interval.low)} to {_percent(interval.high)}), "
    )
    if not short:
        sentence = f"{said}the target of {_percent(target.share)} is met."
        return StageStanding(stage, Standing.MET, sentence, people, of, 0, interval)
    unsure = " The target lies within the interval." if interval.high >= target.share else ""
    counted = f"{short} {'person' if short == 1 else 'people'}"
    sentence = f"{said}below the target of {_percent(target.share)} by {counted}.{unsure}"
    return StageStanding(stage, Standing.BELOW, sentence, people, of, short, interval)


def stand(target: Target, table: ReleaseTable) -> tuple[StageStanding, ...]:
    """How the published funnel stands against the target, at its stage or at every one, in order.

    Raises Invalid where the table is of another characteristic, or has no such group or stage.
    """
    if table.characteristic != target.characteristic:
        raise Invalid(f"These figures are of {table.title}, not of the target's characteristic.", "characteristic")
    rows = {row.code: row.figures for row in table.rows}
    unknown = [group for group in target.groups if group not in rows]
    if unknown:
        raise Invalid(f"{unknown[0]} is no group of {table.title}.", "groups")
    if target.stage is not None and target.stage not in table.stages:
        raise Invalid(f"{target.stage} is no stage of these figures.", "stage")
    return tuple(
        _standing(target, stage, [rows[group][at] for group in target.groups], table.declaration[at])
        for at, stage in enumerate(table.stages)
        if target.stage in (None, stage)
    )
