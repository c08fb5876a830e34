"""What a rule for panels finds, and how a rule is written: a named function of a case, with its title."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from recruitment.rules.panel_members import Member, Panel
from recruitment.rules.panel_policies import Policy, RuleSetting, Severity

WITHHELD = "To answer this would tell of one person: it stays unanswered."
NOT_ASKED = "It is answered for the panel as it is proposed to be booked."


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"


@dataclass(frozen=True)
class Finding:
    """A rule's verdict on one panel, in a sentence for the recruitment team."""

    rule: str
    verdict: Verdict
    severity: Severity
    sentence: str

    @property
    def is_blocking(self) -> bool:
        return self.severity is Severity.BLOCKS and self.verdict is Verdict.NOT_MET

    @property
    def is_answered(self) -> bool:
        """Whether the rule was worked out: a composition may be withheld, or not asked for yet."""
        return self.sentence not in (WITHHELD, NOT_ASKED)

    def withheld(self) -> Finding:
        return replace(self, verdict=Verdict.NOT_KNOWN, sentence=WITHHELD)

    @property
    def needs_reason(self) -> bool:
        """Whether going ahead needs a recorded reason and who was asked."""
        return self.verdict is Verdict.NOT_MET


@dataclass(frozen=True)
class Case:
    """One panel before one rule, as a policy sets it."""

    panel: Panel
    setting: RuleSetting
    policy: Policy
    today: date

    @property
    def days(self) -> tuple[date, ...]:
        """The days on which training must be in date: those of the interviews, or today while none is fixed."""
        return self.panel.all_days or (self.today,)

    def title(self, course: str) -> str:
        return self.policy.courses.get(course, course)


Found = tuple[Verdict, str]
Check = Callable[[Case], Found]


@dataclass(frozen=True)
class Rule:
    """A rule by its name; `is_composition`: it reads counts of characteristics."""

    name: str
    title: str
    is_composition: bool
    check: Check


RULES: dict[str, Rule] = {}


def rule(title: str, *, is_composition: bool = False) -> Callable[[Check], Check]:
    def add(check: Check) -> Check:
        name = check.__name__
        RULES[name] = Rule(name, title, is_composition, check)
        return check

    return add


def named(members: Iterable[Member]) -> str:
    names = [member.called for member in members]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def on(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
