"""What is counted of a sift while it runs, and how much one answer adds to each count.

Every count is a sum over answers, so whoever changes one answer knows by how much each count changes, and counting
all of them anew must give the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from uuid import UUID

from recruitment.rules.scoring import differs


class Counted(StrEnum):
    """Counted for each shortlister, then for each criterion, then for the campaign."""

    HANDED_OUT = "handed_out"
    ANSWERS = "answers"
    ANSWERS_SCORED = "answers_scored"
    SCORES_WANTED = "scores_wanted"
    SCORES_GIVEN = "scores_given"
    PASSED_ON = "passed_on"
    TO_AGREE = "to_agree"
    PROPOSED = "proposed"
    AGREED = "agreed"

    GIVEN = "given"
    PAIRS = "pairs"
    SAME = "same"
    WITHIN_ONE = "within_one"
    TO_MODERATE = "to_moderate"
    IN_MODERATION = "in_moderation"
    MODERATED = "moderated"

    UNFILLED = "unfilled"


Counts = Counter[tuple[Counted, UUID]]


@dataclass(frozen=True)
class Reading:
    """One answer in the hands of one shortlister; neither open nor passed on: its application was withdrawn."""

    person: UUID
    is_open: bool
    is_passed_on: bool
    scores: Mapping[UUID, int]


@dataclass(frozen=True)
class InModeration:
    """A criterion of the answer whose score is to be agreed; `proposers` said which they would agree to."""

    criterion: UUID
    is_agreed: bool
    proposers: AbstractSet[UUID]


@dataclass(frozen=True)
class AnswerStanding:
    """`minimums` by criterion that the answer is scored on; `readings` in the order of their shortlisters."""

    minimums: Mapping[UUID, int]
    readings: Sequence[Reading]
    moderations: Sequence[InModeration]


def count_answer(answer: AnswerStanding, *, campaign: UUID, wanted: int) -> Counts:
    """What one answer adds to each count; `wanted`: shortlisters for each answer."""
    found: Counts = Counter()
    held = [reading for reading in answer.readings if reading.is_open]
    for reading in answer.readings:
        _count_reading(found, reading, answer.minimums)
    is_standing = bool(held) or any(reading.is_passed_on for reading in answer.readings)
    found[Counted.UNFILLED, campaign] += is_standing and len(held) < wanted
    arranged = {one.criterion for one in answer.moderations}
    for criterion, minimum in answer.minimums.items():
        values = [reading.scores[criterion] for reading in held if criterion in reading.scores]
        _count_pairs(found, criterion, values)
        if criterion not in arranged and held and len(values) == len(held):
            found[Counted.TO_MODERATE, criterion] += differs(values, minimum=minimum)
    # Nobody can agree on an answer whose application was withdrawn.
    for one in answer.moderations if is_standing else ():
        found[Counted.MODERATED if one.is_agreed else Counted.IN_MODERATION, one.criterion] += 1
        for reading in held:
            # A case is theirs only once they have scored alone.
            found[_stands(one, reading.person), reading.person] += one.criterion in reading.scores
    return found


def _stands(case: InModeration, person: UUID) -> Counted:
    """Whether a case is agreed, waits for others than the person, or for them."""
    if case.is_agreed:
        return Counted.AGREED
    return Counted.PROPOSED if person in case.proposers else Counted.TO_AGREE


def _count_reading(found: Counts, reading: Reading, minimums: Mapping[UUID, int]) -> None:
    person = reading.person
    found[Counted.HANDED_OUT, person] += 1
    found[Counted.PASSED_ON, person] += reading.is_passed_on
    if reading.is_open:
        found[Counted.ANSWERS, person] += 1
        found[Counted.ANSWERS_SCORED, person] += minimums.keys() <= reading.scores.keys()
        found[Counted.SCORES_WANTED, person] += len(minimums)
        found[Counted.SCORES_GIVEN, person] += len(reading.scores)


def _count_pairs(found: Counts, criterion: UUID, values: Sequence[int]) -> None:
    found[Counted.GIVEN, criterion] += len(values)
    for one, other in combinations(values, 2):
        found[Counted.PAIRS, criterion] += 1
        found[Counted.SAME, criterion] += one == other
        found[Counted.WITHIN_ONE, criterion] += abs(one - other) <= 1
