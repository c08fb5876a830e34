"""How often the same three people meet on panels, and swaps that make it less often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.needs import Seat, seated
from recruitment.rules.allocation.places import PLACES
from recruitment.rules.panels import Verdict, check_panel

Table = tuple[tuple[Seat, ...], ...]
Trio = tuple[str, ...]
MOST_SWAPS = 200
"""Swaps made at most: each takes at least one repeat away."""


def count_repeats(panels: Iterable[Iterable[str]], earlier: Iterable[Iterable[str]] = ()) -> int:
    """How many times three people meet who met before, on these panels or earlier ones; a trio of three: twice."""
    met, repeats = {trio for members in earlier for trio in _trios(members)}, 0
    for members in panels:
        for trio in _trios(members):
            repeats += trio in met
            met.add(trio)
    return repeats


def _trios(members: Iterable[str]) -> Iterable[Trio]:
    return combinations(sorted(members), 3)


def fewer_repeats(
    case: Case, table: Table, earlier: Sequence[frozenset[str]], is_in_time: Callable[[], bool]
) -> Table:
    """The panels with people exchanged between two of them, place for place, while that leaves fewer repeats.

    Everybody keeps their load, no rule that was met stops being met and no wish is lost. It is a search for the
    next better exchange, not for the best: it ends where no single exchange helps.
    """
    search = _Search(case, table, earlier)
    for _ in range(MOST_SWAPS):
        if not any(search.improve(at) for at in search.repeating() if is_in_time()):
            break
    return tuple(tuple(seats) for seats in search.table)


class _Search:
    def __init__(self, case: Case, table: Table, earlier: Sequence[frozenset[str]]) -> None:
        self._case = case
        self.table = [list(seats) for seats in table]
        self._people = {person.id: person for person in case.people}
        self._may = {
            key: frozenset(case.people[who].id for who in people) for key, people in case.may_take.items()
        }
        self._met: Counter[Trio] = Counter({trio: 1 for members in earlier for trio in _trios(members)})
        for seats in self.table:
            self._met.update(_trios(seat.member for seat in seats))
        self._unmet = [self._not_met(at, seats) for at, seats in enumerate(self.table)]

    def repeating(self) -> list[int]:
        """The panels with a trio that meets more than once."""
        return [
            at
            for at, seats in enumerate(self.table)
            if any(self._met[trio] > 1 for trio in _trios(seat.member for seat in seats))
        ]

    def improve(self, at: int) -> bool:
        """Make the first exchange with another panel that takes a repeat away; whether there was one."""
        for place, other, other_place in self._exchanges(at):
            mine, theirs = self.table[at], self.table[other]
            new_mine, new_theirs = _exchanged(mine, place, theirs, other_place)
            if self._gain((mine, theirs), (new_mine, new_theirs)) <= 0:
                continue
            unmet = self._not_met(at, new_mine), self._not_met(other, new_theirs)
            if unmet[0] <= self._unmet[at] and unmet[1] <= self._unmet[other]:
                self.table[at], self.table[other] = new_mine, new_theirs
                self._unmet[at], self._unmet[other] = unmet
                self._count((mine, theirs), -1)
                self._count((new_mine, new_theirs), 1)
                return True
        return False

    def _exchanges(self, at: int) -> Iterator[tuple[int, int, int]]:
        for place, seat in enumerate(self.table[at]):
            if self._is_locked(at, seat):
                continue
            for other, seats in enumerate(self.table):
                for other_place, another in enumerate(seats):
                    if (
                        other != at
                        and another.duty is seat.duty
                        and not self._is_locked(other, another)
                        and self._may_move(seat, at, other)
                        and self._may_move(another, other, at)
                    ):
                        yield place, other, other_place

    def _may_move(self, seat: Seat, here: int, there: int) -> bool:
        if seat.member not in self._may[there, seat.duty]:
            return False
        if any(each.member == seat.member for each in self.table[there]):
            return False
        days = frozenset(self._case.needs[there].days)
        return not any(
            days & frozenset(self._case.needs[at].days) and any(each.member == seat.member for each in seats)
            for at, seats in enumerate(self.table)
            if at not in (here, there)
        )

    def _is_locked(self, at: int, seat: Seat) -> bool:
        return any(lock.member == seat.member for lock in self._case.needs[at].locked)

    def _not_met(self, at: int, seats: Sequence[Seat]) -> frozenset[str]:
        """The rules and wishes that these people do not meet; loads stay as they are and are left out."""
        need = self._case.needs[at]
        panel = seated(need, seats, self._people, dict.fromkeys(self._people, 0))
        found = {
            each.rule
            for each in check_panel(panel, self._case.policy, today=self._case.today)
            if each.verdict is Verdict.NOT_MET
        }
        here = [self._people[seat.member] for seat in seats]
        if need.wants_adviser and not any(each.is_inclusion_adviser for each in here):
            found.add("inclusion_adviser")
        for number, wish in enumerate(need.wishes):
            if not any(each.groups and each.groups & wish.groups for each in here):
                found.add(f"wish {number}")
        return frozenset(found)

    def _gain(self, old: Iterable[Sequence[Seat]], new: Iterable[Sequence[Seat]]) -> int:
        """How many repeats go."""
        change: Counter[Trio] = Counter()
        for factor, panels in ((-1, old), (1, new)):
            for seats in panels:
                for trio in _trios(seat.member for seat in seats):
                    change[trio] += factor
        return sum(
            max(self._met[trio] - 1, 0) - max(self._met[trio] + number - 1, 0) for trio, number in change.items()
        )

    def _count(self, panels: Iterable[Sequence[Seat]], by: int) -> None:
        for seats in panels:
            for trio in _trios(seat.member for seat in seats):
                self._met[trio] += by


def _exchanged(
    mine: Sequence[Seat], place: int, theirs: Sequence[Seat], other_place: int
) -> tuple[list[Seat], list[Seat]]:
    new_mine, new_theirs = list(mine), list(theirs)
    new_mine[place] = replace(mine[place], member=theirs[other_place].member)
    new_theirs[other_place] = replace(theirs[other_place], member=mine[place].member)
    return (
        sorted(new_mine, key=_order),
        sorted(new_theirs, key=_order),
    )


def _order(seat: Seat) -> tuple[int, str]:
    return PLACES.index(seat.duty), seat.member
