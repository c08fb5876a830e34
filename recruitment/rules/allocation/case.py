"""One question to the solver: who could take which place, and each demand on each panel."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from recruitment.rules.allocation.needs import PanelNeed, PoolMember
from recruitment.rules.allocation.places import (
    DUTY_RULE,
    PLACES,
    blocking_setting,
    conditions,
    setting_for,
)
from recruitment.rules.panel_members import Duty
from recruitment.rules.panel_policies import Policy, Severity

SEATS, LOCKED, WISH = "seats", "locked", "wish"
SIZE, LINE_RULE = "size", "not_all_in_one_line"
PANEL_RULES = (
    "chair_manages_no_majority",
    "inclusion_adviser",
    "network_member",
    "not_all_from_one_directorate",
    LINE_RULE,
    "independent_member",
)
"""Rules about who sits together; the other rules about seats are conditions of a place."""
PLACE_RULES = ("chair_trained", "inclusion_lead_trained", "training_in_date", "chair_varies")


@dataclass(frozen=True, order=True)
class Demand:
    """One thing that is asked of one panel: its seats, a duty, a rule, somebody locked, a wish."""

    need: int
    kind: str
    at: int = 0
    """Which of the need's locks or wishes."""


@dataclass
class Case:
    """People and needs in the order of their ids, so that the order they came in is not seen."""

    people: Sequence[PoolMember]
    needs: Sequence[PanelNeed]
    policy: Policy
    today: date
    lines: set[frozenset[int]] = field(default_factory=set)
    """Memberships found to be all in one line of management, to be kept apart."""

    @cached_property
    def may_take(self) -> dict[tuple[int, Duty | None], tuple[int, ...]]:
        """Need and place → who may take it."""
        found = {}
        for at, need in enumerate(self.needs):
            for duty in self.places(at):
                asked = conditions(need, duty, self.policy, self.today)
                found[at, duty] = tuple(
                    who for who, person in enumerate(self.people) if all(each.holds(person) for each in asked)
                )
        return found

    @cached_property
    def number(self) -> dict[str, int]:
        """Member's id → their place in the order."""
        return {person.id: who for who, person in enumerate(self.people)}

    @cached_property
    def under(self) -> dict[str, tuple[int, ...]]:
        """Id of a manager, in the pool or not → whom they manage."""
        found: dict[str, list[int]] = defaultdict(list)
        for who, person in enumerate(self.people):
            if person.line_manager:
                found[person.line_manager].append(who)
        return {key: tuple(found[key]) for key in sorted(found)}

    @cached_property
    def in_directorate(self) -> dict[str, frozenset[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for who, person in enumerate(self.people):
            if person.directorate:
                found[person.directorate].add(who)
        return {key: frozenset(found[key]) for key in sorted(found)}

    @cached_property
    def shared_days(self) -> tuple[tuple[int, ...], ...]:
        """Needs on which nobody sits twice: those of one day; a need without a day by itself."""
        by_day: dict[date, set[int]] = defaultdict(set)
        alone = [frozenset({at}) for at, need in enumerate(self.needs) if not need.days]
        for at, need in enumerate(self.needs):
            for day in need.days:
                by_day[day].add(at)
        sets = {frozenset(each) for each in by_day.values()}
        widest = [each for each in sets if not any(each < other for other in sets)]
        return tuple(sorted(tuple(sorted(each)) for each in [*widest, *alone]))

    def places(self, at: int) -> tuple[Duty | None, ...]:
        """The places of a panel: a duty where the policy asks it, or somebody is locked in it."""
        need = self.needs[at]
        locked = {lock.duty for lock in need.locked}
        return tuple(
            duty
            for duty in PLACES
            if duty is None or duty in locked or setting_for(self.policy, need, DUTY_RULE[duty])
        )

    def year_cap(self, who: int) -> int | None:
        """How many panels this person may still be given by a blocking rule on the year's load."""
        held = self.policy.setting("load_in_a_year")
        if held is None or held.severity is not Severity.BLOCKS:
            return None
        return max(held.least - self.people[who].past_load, 0)

    @cached_property
    def demands(self) -> tuple[Demand, ...]:
        """All that must be met."""
        found = []
        for at, need in enumerate(self.needs):
            found.append(Demand(at, SEATS))
            found += [Demand(at, LOCKED, number) for number in range(len(need.locked))]
            found += [
                Demand(at, rule)
                for rule in (SIZE, *DUTY_RULE.values(), *PANEL_RULES)
                if blocking_setting(self.policy, need, rule)
                or (rule == "inclusion_adviser" and need.wants_adviser)
            ]
        return tuple(found)

    @cached_property
    def preferences(self) -> tuple[Demand, ...]:
        """All that is met where it can be: rules that warn."""
        found = []
        for at, need in enumerate(self.needs):
            for rule in (SIZE, *DUTY_RULE.values(), *PANEL_RULES, *PLACE_RULES):
                held = setting_for(self.policy, need, rule)
                if held is not None and held.severity is Severity.WARNS and Demand(at, rule) not in self._must:
                    found.append(Demand(at, rule))
        return tuple(found)

    @cached_property
    def wishes(self) -> tuple[Demand, ...]:
        return tuple(
            Demand(at, WISH, number) for at, need in enumerate(self.needs) for number in range(len(need.wishes))
        )

    @cached_property
    def _must(self) -> frozenset[Demand]:
        return frozenset(self.demands)
