"""How often the same three people meet on panels, and swaps that make it less often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.exchanges import Standing, Table, with_seat
from recruitment.rules.allocation.needs import Seat

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
    search = _Search(Standing(case, table), earlier)
    for _ in range(MOST_SWAPS):
        if not any(search.improve(at) for at in search.repeating() if is_in_time()):
            break
    return tuple(search.standing.table)


class _Search:
    def __init__(self, standing: Standing, earlier: Sequence[frozenset[str]]) -> None:
        self.standing = standing
        self._met: Counter[Trio] = Counter({trio: 1 for members in earlier for trio in _trios(members)})
        self._count(standing.table, 1)

    def repeating(self) -> list[int]:
        """The panels with a trio that meets more than once."""
        return [
            at
            for at, seats in enumerate(self.standing.table)
            if any(self._met[trio] > 1 for trio in _trios(seat.member for seat in seats))
        ]

    def improve(self, at: int) -> bool:
        """Make the first exchange with another panel that takes a repeat away; whether there was one."""
        table = self.standing.table
        for place, other, other_place in self._exchanges(at):
            old = (table[at], table[other])
            new = (
                with_seat(old[0], place, old[1][other_place].member),
                with_seat(old[1], other_place, old[0][place].member),
            )
            if self._gain(old, new) > 0 and self.standing.change({at: new[0], other: new[1]}):
                self._count(old, -1)
                self._count(new, 1)
                return True
        return False

    def _exchanges(self, at: int) -> Iterator[tuple[int, int, int]]:
        standing = self.standing
        for place, seat in enumerate(standing.table[at]):
            if standing.is_locked(at, seat):
                continue
            for other, seats in enumerate(standing.table):
                for other_place, another in enumerate(seats):
                    if (
                        other != at
                        and another.duty is seat.duty
                        and not standing.is_locked(other, another)
                        and standing.may_join(seat.member, other, another, leaving=at)
                        and standing.may_join(another.member, at, seat, leaving=other)
                    ):
                        yield place, other, other_place

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
