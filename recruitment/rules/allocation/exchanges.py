"""Panels as they stand while single people are exchanged: what may be done without a rule or a wish being lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.needs import Seat, seated
from recruitment.rules.allocation.places import PLACES
from recruitment.rules.panels import Verdict, check_panel

Table = tuple[tuple[Seat, ...], ...]
"""For each need, in the order of the case, who sits."""


class Standing:
    """Who sits on each panel, and which rules and wishes each panel does not meet."""

    def __init__(self, case: Case, table: Table) -> None:
        self.case = case
        self.table: list[tuple[Seat, ...]] = list(table)
        self._people = {person.id: person for person in case.people}
        self._nobody = dict.fromkeys(self._people, 0)
        self.may = {key: frozenset(case.people[who].id for who in people) for key, people in case.may_take.items()}
        self._unmet = [self._not_met(at, seats) for at, seats in enumerate(table)]

    def is_locked(self, at: int, seat: Seat) -> bool:
        return any(lock.member == seat.member for lock in self.case.needs[at].locked)

    def may_join(self, member: str, at: int, seat: Seat, leaving: int | None = None) -> bool:
        """Whether somebody may take this seat, once they have left another panel."""
        if member not in self.may[at, seat.duty] or any(each.member == member for each in self.table[at]):
            return False
        days = frozenset(self.case.needs[at].days)
        return not any(
            days & frozenset(self.case.needs[other].days) and any(each.member == member for each in seats)
            for other, seats in enumerate(self.table)
            if other not in (at, leaving)
        )

    def change(self, panels: dict[int, tuple[Seat, ...]]) -> bool:
        """Seat these panels so, if none of them loses a rule or a wish by it; whether it was done."""
        unmet = {at: self._not_met(at, seats) for at, seats in panels.items()}
        if not all(unmet[at] <= self._unmet[at] for at in panels):
            return False
        for at, seats in panels.items():
            self.table[at], self._unmet[at] = seats, unmet[at]
        return True

    def _not_met(self, at: int, seats: Sequence[Seat]) -> frozenset[str]:
        """Loads are left out: no exchange puts anybody's above what it was for somebody."""
        need = self.case.needs[at]
        panel = seated(need, seats, self._people, self._nobody)
        found = {
            each.rule
            for each in check_panel(panel, self.case.policy, today=self.case.today)
            if each.verdict is Verdict.NOT_MET
        }
        here = [self._people[seat.member] for seat in seats]
        if need.wants_adviser and not any(each.is_inclusion_adviser for each in here):
            found.add("inclusion_adviser")
        for number, wish in enumerate(need.wishes):
            if not any(each.groups and each.groups & wish.groups for each in here):
                found.add(f"wish {number}")
        return frozenset(found)


def with_seat(seats: Sequence[Seat], place: int, member: str) -> tuple[Seat, ...]:
    """The seats with another member in one place, in the order in which a proposal shows them."""
    changed = [replace(seat, member=member) if at == place else seat for at, seat in enumerate(seats)]
    return tuple(sorted(changed, key=lambda seat: (PLACES.index(seat.duty), seat.member)))
