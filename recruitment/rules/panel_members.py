"""Who sits on a panel, what they have learned, and what a panel is asked to do: the facts that panel rules read.

A member's characteristics are never here. What a rule on composition reads is `Composition`: counts over the whole
panel, without a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Duty(StrEnum):
    """What somebody does on a panel beside scoring."""

    CHAIR = "chair"
    INCLUSION_LEAD = "inclusion_lead"


class Characteristic(StrEnum):
    """What a member of the pool may tell, if they choose to, of themselves."""

    SEX = "sex"
    ETHNIC_GROUP = "ethnic_group"
    DISABILITY = "disability"


@dataclass(frozen=True)
class Training:
    """One course that somebody completed; it counts up to and including the day it expires, None: for good."""

    course: str
    completed: date
    expires: date | None = None
    evidence: str = ""

    def is_in_date(self, day: date) -> bool:
        return self.completed <= day and (self.expires is None or day <= self.expires)


@dataclass(frozen=True)
class Member:
    """Somebody on a panel, or in the pool; `grade` is one of the policy's, `line_manager` another member's id."""

    id: str
    name: str = ""
    grade: str = ""
    directorate: str = ""
    line_manager: str | None = None
    duties: frozenset[Duty] = frozenset()
    training: tuple[Training, ...] = ()
    is_inclusion_adviser: bool = False
    is_network_member: bool = False
    is_external: bool = False
    panels_past_year: int = 0

    @property
    def called(self) -> str:
        return self.name or self.id

    def has_in_date(self, course: str, day: date) -> bool:
        return any(each.course == course and each.is_in_date(day) for each in self.training)


@dataclass(frozen=True)
class Sitting:
    """One interview: the day, and who sits; `substitutes` came in for a member with a recorded conflict."""

    day: date
    members: frozenset[str]
    substitutes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Counts:
    """How many of the panel told which group of one characteristic, and how many chose not to say."""

    groups: Mapping[str, int]
    not_said: int = 0

    def count(self, wanted: frozenset[str]) -> int:
        return sum(number for group, number in self.groups.items() if group in wanted)


@dataclass(frozen=True)
class Composition:
    """Counts over a whole panel, by characteristic; a characteristic without counts was not asked."""

    counts: Mapping[Characteristic, Counts] = field(default_factory=dict)


class Probed(StrEnum):
    """Why a composition is not answered."""

    NOT_ASKED = "not_asked"
    WOULD_TELL = "would_tell"


@dataclass(frozen=True)
class Panel:
    """A panel as it is proposed to be booked, for one post.

    `undeclared`: member id → candidates for whom no declaration is in; `earlier_chairs`: who chaired this
    directorate's last panels, the latest first; `composition` is None where nothing may be answered.
    """

    members: tuple[Member, ...]
    grade: str = ""
    directorate: str = ""
    days: tuple[date, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    undeclared: Mapping[str, int] = field(default_factory=dict)
    has_candidates: bool = True
    inclusion_question: str = ""
    is_question_approved: bool = False
    earlier_chairs: tuple[str, ...] = ()
    network_asked: str = ""
    composition: Composition | None = None
    probed: Probed = Probed.NOT_ASKED

    def with_duty(self, duty: Duty) -> list[Member]:
        return [member for member in self.members if duty in member.duties]

    @property
    def chair(self) -> Member | None:
        chairs = self.with_duty(Duty.CHAIR)
        return chairs[0] if len(chairs) == 1 else None

    @property
    def all_days(self) -> tuple[date, ...]:
        """Every day on which it sits, in order."""
        return tuple(sorted({*self.days, *(sitting.day for sitting in self.sittings)}))
