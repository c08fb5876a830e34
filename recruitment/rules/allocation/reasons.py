"""Why there is no proposal: the fewest demands to give up, each with what stands against it.

A demand that nobody could meet even if its panel were the only one must be given up. Of the rest the solver finds
the fewest; and for each of those the demands it cannot be met together with are narrowed down until none can go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from recruitment.rules.allocation.building import Built
from recruitment.rules.allocation.case import LOCKED, SEATS, SIZE, Case, Demand
from recruitment.rules.allocation.lines import solve_apart
from recruitment.rules.allocation.needs import Infeasible, Reason
from recruitment.rules.allocation.places import blocking_setting, is_from_outside
from recruitment.rules.allocation.programme import NONE_LEFT, Outcome
from recruitment.rules.allocation.sentences import say_alone, say_not_with_the_rest, say_together, say_too_few
from recruitment.rules.panel_members import Duty

LONGEST = 9.0
"""Seconds: an explanation is not worth a longer wait."""
LONGEST_CORE = 8
"""Demands: a longer list of what stands against another explains nothing."""
CORE_SHARE = 0.5
"""How much of the time left may go into what stands against one demand."""
Left = Callable[..., float]


def impossible_alone(case: Case) -> tuple[Demand, ...]:
    """The demands that could not be met were their panel the only one."""
    return tuple(demand for demand in case.demands if not _is_possible_alone(case, demand))


def _is_possible_alone(case: Case, demand: Demand) -> bool:
    need, at = case.needs[demand.need], demand.need
    could = case.may_take[at, None]
    people = [case.people[who] for who in could]
    match demand.kind:
        case "seats":
            return len(could) >= need.size
        case "size":
            held = blocking_setting(case.policy, need, SIZE)
            return held is None or need.size >= held.least
        case "chair" | "inclusion_lead":
            return bool(case.may_take[at, Duty(demand.kind)])
        case "locked":
            lock = need.locked[demand.at]
            return case.number[lock.member] in case.may_take[at, lock.duty]
        case "inclusion_adviser":
            return any(each.is_inclusion_adviser for each in people)
        case "network_member":
            return any(each.is_network_member for each in people)
        case "not_all_from_one_directorate":
            return len({each.directorate for each in people}) != 1 or not people[0].directorate
        case "independent_member":
            return any(is_from_outside(each, need.directorate) for each in people)
    return True


def explain(case: Case, left: Left) -> Infeasible:
    """A smallest set of what is in the way; `left`: seconds that are left."""
    over = max(left() - LONGEST, 0.0)

    def remaining(share: float = 1.0) -> float:
        return max(left() - over, 0.0) * share

    alone = impossible_alone(case)
    empty = {each.need for each in alone if each.kind == SEATS and not case.may_take[each.need, None]}
    reasons = [
        say_alone(case, demand)
        for demand in alone
        if demand.need not in empty or demand.kind in (SEATS, SIZE, LOCKED)  # The others only say it again.
    ]
    built = Built(case, range(len(case.needs)))
    kept = [demand for demand in case.demands if demand not in set(alone) and demand.kind != SIZE]
    built.ask(kept, lambda _: 1.0)
    answer = solve_apart(built, remaining(0.6))
    if not answer.is_found:
        return Infeasible(tuple(reasons), is_smallest=False)
    given_up = [demand for demand in kept if answer.values[built.slacks[demand]] > 0.5]
    met = [demand for demand in kept if demand not in set(given_up)]
    unsaid = []
    for demand in given_up:
        reason = say_too_few(case, demand) or _say_core(case, demand, met, remaining)
        if reason is None:
            unsaid.append(demand)
        else:
            reasons.append(reason)
    reasons += [say_not_with_the_rest(case, demands) for demands in _by_kind(unsaid)]
    return Infeasible(tuple(_merged(reasons)), is_smallest=answer.outcome is Outcome.BEST)


def _say_core(case: Case, demand: Demand, met: Sequence[Demand], left: Left) -> Reason | None:
    ends = left() * (1 - CORE_SHARE)
    core = _core(case, demand, met, lambda share=1.0: max(left() - ends, 0.0) * share)
    return say_together(case, demand, core) if core else None


def _by_kind(demands: Iterable[Demand]) -> list[list[Demand]]:
    found: dict[str, list[Demand]] = {}
    for demand in demands:
        found.setdefault(demand.kind, []).append(demand)
    return list(found.values())


def _merged(reasons: Sequence[Reason]) -> list[Reason]:
    found: dict[str, Reason] = {}
    for reason in reasons:
        found.setdefault(reason.sentence, reason)
    return list(found.values())


def _core(case: Case, demand: Demand, met: Sequence[Demand], left: Left) -> tuple[Demand, ...]:
    """Of the demands that are met, a set that cannot be met together with this one, and none of which can go.

    Where time runs out some could go still.
    """
    days = set(case.needs[demand.need].days)
    own = [each for each in met if each.need == demand.need]
    near = [each for each in met if each.need != demand.need and days & set(case.needs[each.need].days)]
    chosen = set(own) | set(near)
    far = [each for each in met if each not in chosen]
    for candidates in (own, own + near, own + near + far):
        if _is_possible(case, [demand, *candidates], left) is False:
            core = _narrowed(case, [demand], candidates, left, is_new=False)
            return tuple(sorted(core)) if len(core) <= LONGEST_CORE else ()
    return ()


def _is_possible(case: Case, demands: Sequence[Demand], left: Left) -> bool | None:
    """None where time ran out."""
    if left() < NONE_LEFT:
        return None
    built = Built(case, sorted({each.need for each in demands}))
    built.ask(demands)
    outcome = solve_apart(built, left()).outcome
    return None if outcome is Outcome.OUT_OF_TIME else outcome is not Outcome.IMPOSSIBLE


def _narrowed(
    case: Case, asked: list[Demand], candidates: list[Demand], left: Left, *, is_new: bool
) -> list[Demand]:
    """U. Junker, "QuickXplain" (AAAI, 2004): halves what may be in the way until each is known to be."""
    if is_new and _is_possible(case, asked, left) is False:
        return []
    if len(candidates) <= 1:
        return candidates
    middle = len(candidates) // 2
    first, second = candidates[:middle], candidates[middle:]
    from_second = _narrowed(case, asked + first, second, left, is_new=True)
    from_first = _narrowed(case, asked + from_second, first, left, is_new=bool(from_second))
    return from_first + from_second
