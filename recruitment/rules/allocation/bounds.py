"""The highest load that can be told by counting alone: no proposal stays below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.places import DUTY_RULE, PLACES, blocking_setting
from recruitment.rules.panel_members import Duty


def counted_bound(case: Case) -> int:
    """The highest of: who is locked; the least loaded people that one panel could do with; and each kind of place
    shared out over all who could take it."""
    locked = Counter(lock.member for need in case.needs for lock in need.locked)
    bounds = [person.past_load + locked[person.id] for person in case.people if locked[person.id]]
    for duty in PLACES:
        wanted = {at: _wanted(case, at, duty) for at in range(len(case.needs))}
        bounds.append(_shared_out(case, wanted, duty))
        for at, number in wanted.items():
            lowest = sorted(case.people[who].past_load for who in case.may_take.get((at, duty), ()))
            if number and len(lowest) >= number:
                bounds.append(lowest[number - 1] + 1)
    return max(bounds, default=0)


def _wanted(case: Case, at: int, duty: Duty | None) -> int:
    """How many people are wanted who could take this place: everybody could take the place without a duty."""
    need = case.needs[at]
    if duty is None:
        return need.size
    return 1 if blocking_setting(case.policy, need, DUTY_RULE[duty]) else 0


def _shared_out(case: Case, wanted: Mapping[int, int], duty: Duty | None) -> int:
    could: Counter[int] = Counter()
    for at, number in wanted.items():
        if number:
            could.update(case.may_take.get((at, duty), ()))
    total, cap = sum(wanted.values()), 0
    most = max((case.people[who].past_load + number for who, number in could.items()), default=0)
    while cap < most and _room(case, could.items(), cap) < total:
        cap += 1
    return cap


def _room(case: Case, could: Iterable[tuple[int, int]], cap: int) -> int:
    return sum(min(max(cap - case.people[who].past_load, 0), number) for who, number in could)
