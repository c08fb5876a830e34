"""What a proposal of panels is made from, and what it says: people of the pool, panels wanted, seats, reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from recruitment.rules.panel_members import Duty, Member, Panel, Training


@dataclass(frozen=True)
class PoolMember:
    """Somebody who may be asked to sit.

    `unavailable`: days on which they cannot; `past_load`: panels of the past year; `groups`: what they consented
    to be used for proposals, None where they did not consent or did not say. It opens and closes no place to
    anybody.
    """

    id: str
    name: str = ""
    grade: str = ""
    directorate: str = ""
    line_manager: str | None = None
    training: tuple[Training, ...] = ()
    can_chair: bool = True
    can_lead: bool = True
    is_inclusion_adviser: bool = False
    is_network_member: bool = False
    is_external: bool = False
    unavailable: frozenset[date] = frozenset()
    past_load: int = 0
    groups: frozenset[str] | None = None

    @property
    def called(self) -> str:
        return self.name or self.id

    def as_member(self, duty: Duty | None = None, panels_past_year: int | None = None) -> Member:
        """This person as the rules for panels read one."""
        return Member(
            id=self.id,
            name=self.name,
            grade=self.grade,
            directorate=self.directorate,
            line_manager=self.line_manager or None,
            duties=frozenset() if duty is None else frozenset({duty}),
            training=self.training,
            is_inclusion_adviser=self.is_inclusion_adviser,
            is_network_member=self.is_network_member,
            is_external=self.is_external,
            panels_past_year=self.past_load if panels_past_year is None else panels_past_year,
        )


@dataclass(frozen=True)
class Locked:
    """Somebody fixed on a panel before it is proposed; without a duty they may be given one."""

    member: str
    duty: Duty | None = None


@dataclass(frozen=True)
class Wish:
    """That somebody of these groups sits, if it can be had for nothing: met by any member who said one of them."""

    name: str
    groups: frozenset[str]


@dataclass(frozen=True)
class PanelNeed:
    """A panel that is wanted.

    `days`: all days on which it sits, empty while none is fixed; `grade`: of the post; `least_grade`: the lowest
    of members, external ones excepted; `barred`: who may not sit (a conflict, a candidate's line manager, the
    recruiter); `chair_barred`: who may sit but not chair; `is_chair_from_outside`: the chair comes from another
    directorate than the post's; `wants_adviser`: an inclusion adviser sits, whatever the policy says;
    `earlier_chairs`: who chaired this directorate's last panels, the latest first.
    """

    id: str
    title: str = ""
    days: tuple[date, ...] = ()
    size: int = 3
    grade: str = ""
    least_grade: str = ""
    directorate: str = ""
    barred: frozenset[str] = frozenset()
    chair_barred: frozenset[str] = frozenset()
    is_chair_from_outside: bool = False
    wants_adviser: bool = False
    locked: tuple[Locked, ...] = ()
    earlier_chairs: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()

    @property
    def called(self) -> str:
        return self.title or self.id


@dataclass(frozen=True)
class Seat:
    """One person on a proposed panel, with a duty or none."""

    member: str
    duty: Duty | None = None


@dataclass(frozen=True)
class ProposedPanel:
    """Who is proposed for one panel: the chair, the inclusion lead, then the others by id."""

    need: str
    seats: tuple[Seat, ...]
    warnings: tuple[str, ...] = ()
    """Rules that warn and are not met, in sentences; a composition is never among them."""

    @property
    def members(self) -> frozenset[str]:
        return frozenset(seat.member for seat in self.seats)

    def with_duty(self, duty: Duty) -> str | None:
        return next((seat.member for seat in self.seats if seat.duty is duty), None)


@dataclass(frozen=True)
class Proposal:
    """Panels for all needs, in the order of the needs' ids, and how the load is shared.

    `loads`: everybody in the pool → panels of the past year and proposed; `max_load`: the highest load of anybody
    who is asked; `best_bound`: no proposal has a lower one, as far as the solver proved; `spread`: the standard
    deviation of loads; `repeats`: how often three people meet on a panel again.
    """

    panels: tuple[ProposedPanel, ...]
    loads: Mapping[str, int]
    max_load: int
    best_bound: int
    spread: float
    gini: float
    repeats: int

    @property
    def is_best(self) -> bool:
        """Whether it is proved that nobody's load could have been kept lower."""
        return self.max_load == self.best_bound

    def panel(self, need: str) -> ProposedPanel:
        return next(each for each in self.panels if each.need == need)


@dataclass(frozen=True)
class Reason:
    """One thing in the way, in a sentence; `needs`: the panels it is about, `rule`: the rule of the policy or the
    limit, `members`: the people in it, where they are few."""

    sentence: str
    needs: tuple[str, ...] = ()
    rule: str = ""
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class Infeasible:
    """Why there is no proposal: give way on each of these and there is one.

    `is_smallest`: it is proved that fewer would not do; without reasons no answer was found in the time given.
    """

    reasons: tuple[Reason, ...]
    is_smallest: bool = True


def gini(loads: Iterable[int]) -> float:
    """How unequally the load is shared: 0 where everybody has the same, towards 1 where one person has it all."""
    ordered = sorted(loads)
    total = sum(ordered)
    if not total:
        return 0.0
    number = len(ordered)
    return sum((2 * at - number - 1) * load for at, load in enumerate(ordered, 1)) / (number * total)


def with_lock(
    needs: Iterable[PanelNeed], need: str, member: str, duty: Duty | None = None
) -> tuple[PanelNeed, ...]:
    """The needs with one member fixed on one panel, to be proposed again; an earlier lock of theirs there goes."""
    return tuple(
        replace(each, locked=(*(lock for lock in each.locked if lock.member != member), Locked(member, duty)))
        if each.id == need
        else each
        for each in needs
    )


def seated(
    need: PanelNeed, seats: Iterable[Seat], people: Mapping[str, PoolMember], loads: Mapping[str, int]
) -> Panel:
    """A proposed panel as the rules for panels read one; `loads` with this panel counted."""
    return Panel(
        members=tuple(people[seat.member].as_member(seat.duty, max(loads[seat.member] - 1, 0)) for seat in seats),
        grade=need.grade,
        directorate=need.directorate,
        days=need.days,
        has_candidates=False,
        earlier_chairs=need.earlier_chairs,
    )


def count_loads(pool: Iterable[PoolMember], panels: Iterable[Iterable[Seat]]) -> dict[str, int]:
    """Everybody's load: panels of the past year and those proposed."""
    proposed = Counter(seat.member for seats in panels for seat in seats)
    return {member.id: member.past_load + proposed[member.id] for member in pool}
