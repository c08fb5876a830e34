"""What may be answered about a panel's composition without telling whose characteristic it is.

A verdict on "at least one member …" says of a set of people that one of them is, or that none is. Asked of one
membership after another, such verdicts single a person out: of {A, B, C} not met and of {A, B, D} met, D is. So
before a verdict is worked out, both answers are tried against everything answered before; if either would
single somebody out, neither is given. The refusal depends on the questions alone, so that it tells nothing itself.

Source: K. Kenthapadi, N. Mishra, K. Nissim, "Simulatable Auditing" (Principles of Database Systems, 2005).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    known = singled_out(held, is_difference=is_difference)
    return all(
        singled_out([*held, Answered(asked, is_met)], is_difference=is_difference) <= known
        for is_met in (True, False)
    )


def singled_out(answers: Iterable[Answered], *, is_difference: bool = False) -> frozenset[str]:
    """Who can be told to have the characteristic, or to differ from others, from these answers together.

    Answers are also tried without those that name the person: they can be at odds with the others, as people tell
    more in time, and a "not known" leaves open whether members differ.
    """
    held = list(answers)
    without = {each.members for each in held if not each.is_met}
    named = frozenset().union(*without)
    tells = _are_alike if is_difference else _have_it_not
    return frozenset(
        person
        for met in {each.members for each in held if each.is_met}
        for person in met
        if met - {person} <= named and tells(met - {person}, [one for one in without if person not in one])
    )


def _have_it_not(people: frozenset[str], without: Sequence[frozenset[str]]) -> bool:
    return people <= frozenset().union(*without)


def _are_alike(people: frozenset[str], without: Sequence[frozenset[str]]) -> bool:
    """Whether memberships that do not differ, joined where they share somebody, hold these people together."""
    joined, grew = set(next((members for members in without if members & people), ())), True
    while grew:
        near = [members for members in without if members & joined and not members <= joined]
        grew = bool(near)
        joined.update(*near)
    return bool(joined) and people <= joined
