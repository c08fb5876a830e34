"""Panels that are just so, in a word or two, for the cases of their rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from recruitment.rules.panel_members import (
    Characteristic,
    Composition,
    Counts,
    Duty,
    Member,
    Panel,
    Sitting,
    Training,
)
from recruitment.rules.panels import Verdict

TODAY = date(2026, 11, 2)
DAY = date(2026, 11, 26)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
LONG_AGO = date(2020, 2, 29)

MET, NOT_MET, NOT_KNOWN, NOT_APPLICABLE = (
    Verdict.MET,
    Verdict.NOT_MET,
    Verdict.NOT_KNOWN,
    Verdict.NOT_APPLICABLE,
)


@dataclass(frozen=True)
class Case:
    """What is so, in words; the panel; the verdict; words of the sentence; and what the policy sets."""

    about: str
    panel: Panel
    verdict: Verdict
    says: str
    sets: Mapping[str, Any]


def case(about: str, panel: Panel, verdict: Verdict, says: str = "", **sets: Any) -> Case:
    return Case(about, panel, verdict, says, sets)


def trained(course: str, expires: date | None = None, completed: date = LONG_AGO) -> Training:
    return Training(course, completed, expires)


def sits(name: str, *duties: Duty, **facts: Any) -> Member:
    return Member(name.lower(), name, duties=frozenset(duties), **facts)


def panel(*members: Member, **facts: Any) -> Panel:
    return Panel(members, **facts)


def of(number: int) -> Panel:
    return Panel(tuple(Member(f"m{each}") for each in range(number)))


def counted(characteristic: Characteristic, not_said: int = 0, **groups: int) -> Panel:
    counts = Counts(groups, not_said)
    return replace(of(not_said + sum(groups.values())), composition=Composition({characteristic: counts}))


CHAIR, LEAD = Duty.CHAIR, Duty.INCLUSION_LEAD
ANN, BOB, CAT = sits("Ann", CHAIR), sits("Bob", LEAD), sits("Cat")


def led_by(*training: Training, **facts: Any) -> Panel:
    return panel(sits("Ann", CHAIR, training=training), BOB, **{"days": (DAY,), **facts})


def included_by(*training: Training) -> Panel:
    return panel(ANN, sits("Bob", LEAD, training=training), days=(DAY,))


def managed(*managers: str | None, chair: str | None = None) -> Panel:
    """Ann chairs; the others' managers, in order; her own."""
    others = [sits(f"Other{at}", line_manager=manager) for at, manager in enumerate(managers)]
    return panel(sits("Ann", CHAIR, line_manager=chair), *others)


def from_places(*directorates: str, post: str = "Estates") -> Panel:
    names = ("Ann", "Bob", "Cat", "Dee")
    duties = ((CHAIR,), (), (), ())
    members = [
        sits(name, *duty, directorate=each) for name, duty, each in zip(names, duties, directorates, strict=False)
    ]
    return panel(*members, directorate=post)


def sittings(*held: tuple[date, str, str]) -> Panel:
    """The panel of Ann, Bob and Cat; each interview's day, who sat and who of them came in, by first letter."""
    names = {"a": "ann", "b": "bob", "c": "cat", "d": "dee", "e": "eve"}
    return panel(
        ANN,
        BOB,
        CAT,
        sittings=tuple(
            Sitting(day, frozenset(names[one] for one in sat), frozenset(names[one] for one in came))
            for day, sat, came in held
        ),
    )


def interviews(*numbers: int) -> Panel:
    """So many interviews on the first day, on the second, and so on."""
    return sittings(
        *((DAY + timedelta(days=after), "abc", "") for after, number in enumerate(numbers) for _ in range(number))
    )


def chaired(*earlier: str) -> Panel:
    return panel(ANN, BOB, earlier_chairs=earlier)


SEX, ETHNIC_GROUP, DISABILITY = Characteristic.SEX, Characteristic.ETHNIC_GROUP, Characteristic.DISABILITY
