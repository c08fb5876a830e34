"""Evens loads out by hand where the solver had no time to prove the least spread."""

from __future__ import annotations

from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.exchanges import Standing, Table, with_seat
from recruitment.rules.allocation.needs import count_loads


def evened(case: Case, table: Table) -> Table:
    """The panels with seats passed on to people with fewer panels, while any seat can be.

    No rule that was met stops being met and no wish is lost. Each step takes something off the sum of squares, so
    it ends; it finds a spread that no single step betters, not the least.
    """
    standing, loads = Standing(case, table), count_loads(case.people, table)
    while any([_pass_on(standing, at, loads) for at in range(len(case.needs))]):
        pass
    return tuple(standing.table)


def _pass_on(standing: Standing, at: int, loads: dict[str, int]) -> bool:
    for place, seat in enumerate(standing.table[at]):
        if standing.is_locked(at, seat):
            continue
        fewer = [each for each in standing.may[at, seat.duty] if loads[each] + 1 < loads[seat.member]]
        for member in sorted(fewer, key=lambda each: (loads[each], each)):
            if standing.may_join(member, at, seat) and standing.change(
                {at: with_seat(standing.table[at], place, member)}
            ):
                loads[seat.member] -= 1
                loads[member] += 1
                return True
    return False
