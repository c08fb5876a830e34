"""What may be answered about a panel's composition without telling whose characteristic it is.

A verdict on "at least one member …" says of a set of people that one of them is, or that none is. Asked of one
membership after another, such verdicts single a person out: of {A, B, C} not met and of {A, B, D} met, D is. So
before a verdict is worked out, both possible answers are tried against everything answered before; if either would
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
    single = _different if is_difference else _only_one_left
    known = single(held)
    for is_met in (True, False):
        answers = [*held, Answered(asked, is_met)]
        if _can_be(answers, is_difference) and not single(answers) <= known:
            return False
    return True


def singled_out(answers: Iterable[Answered], *, is_difference: bool = False) -> frozenset[str]:
    """Who can be told to have the characteristic, or to differ from others, from these answers together."""
    return (_different if is_difference else _only_one_left)(list(answers))


def _only_one_left(answers: Sequence[Answered]) -> frozenset[str]:
    without = frozenset().union(*(each.members for each in answers if not each.is_met))
    left = [each.members - without for each in answers if each.is_met]
    return frozenset(person for people in left if len(people) == 1 for person in people)


def _alike(answers: Sequence[Answered]) -> list[frozenset[str]]:
    """Sets of people known to be alike: memberships that do not differ, joined where they share somebody."""
    classes: list[frozenset[str]] = []
    for each in answers:
        if each.is_met:
            continue
        joined = each.members
        for one in [one for one in classes if one & joined]:
            classes.remove(one)
            joined |= one
        classes.append(joined)
    return classes


def _different(answers: Sequence[Answered]) -> frozenset[str]:
    """Who differs from all the others of a membership, where those are known to be alike."""
    found: set[str] = set()
    for alike in _alike(answers):
        for each in answers:
            rest = each.members - alike
            if each.is_met and len(rest) == 1 and each.members & alike:
                found |= rest
    return frozenset(found)


def _can_be(answers: Sequence[Answered], is_difference: bool) -> bool:
    """Whether the answers can all be true; one that cannot is never given, so that it tells nothing."""
    if is_difference:
        return not any(each.is_met and each.members <= alike for each in answers for alike in _alike(answers))
    without = frozenset().union(*(each.members for each in answers if not each.is_met))
    return all(each.members - without for each in answers if each.is_met)
