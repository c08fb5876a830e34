"""What may be answered about a panel's composition without telling whose characteristic it is.

A verdict on "at least one member …" says of a set of people that one of them is, or that none is. Asked of one
membership after another, such verdicts single a person out: of {A, B, C} not met and of {A, B, D} met, D is. So
before a verdict is worked out, both answers are tried against everything answered before; if either would single
somebody out, neither is given. The refusal depends on the questions alone, so that it tells nothing itself.

Whether members differ ("not all of one sex") tells more: of two sexes, who differs from somebody is like whoever
else does, and chains of such verdicts are too many to be tried. So there the memberships are kept apart.

Source: K. Kenthapadi, N. Mishra, K. Nissim, "Simulatable Auditing" (Principles of Database Systems, 2005).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 2
"""Members: of a smaller set a verdict would be one person's answer."""


@dataclass(frozen=True)
class Answered:
    """A membership of which somebody has seen one rule's verdict; `is_met`: whether it was met.

    "Not known" tells that nobody there said they have the characteristic, so it counts as not met.
    """

    members: frozenset[str]
    is_met: bool


def may_answer(members: Iterable[str], earlier: Iterable[Answered], *, is_difference: bool = False) -> bool:
    """Whether a verdict on this membership singles out nobody new, whatever it is.

    `is_difference`: the rule asks whether members differ (of more than one sex), not whether one has something.
    """
    asked = frozenset(members)
    held = list(earlier)
    if len(asked) < SMALLEST:
        return False
    if any(each.members == asked for each in held):
        return True  # The same again says nothing new.
    if is_difference:
        return _are_apart(asked, {each.members for each in held})
    known = singled_out(held)
    return all(singled_out([*held, Answered(asked, is_met)]) <= known for is_met in (True, False))


def singled_out(answers: Iterable[Answered]) -> frozenset[str]:
    """Who can be told to have the characteristic from these answers together.

    Of each person, the answers "not met" that name them are left out: people tell more in time, so answers can be
    at odds.
    """
    held = list(answers)
    without = {each.members for each in held if not each.is_met}
    named = frozenset().union(*without)
    return frozenset(
        person
        for met in {each.members for each in held if each.is_met}
        for person in met
        if met - {person} <= named
        and met - {person} <= frozenset().union(*(one for one in without if person not in one))
    )


def _are_apart(asked: frozenset[str], earlier: Iterable[frozenset[str]]) -> bool:
    """Whether this membership, and each that it shares somebody with, keeps two members whom no other names.

    Two such members may be alike, differ or be silent, whatever is known of the others: every verdict could be
    theirs, and neither is told from the other.
    """
    memberships = {asked, *earlier}
    times = Counter(person for each in memberships for person in each)
    return all(sum(times[person] == 1 for person in each) >= 2 for each in memberships if each & asked)
