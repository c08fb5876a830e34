"""Writes a case as a programme: a column for each person in each place they may take, a row for each demand.

A demand that may be given up has a column of its own, its slack, that is 1 when it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from recruitment.rules.allocation.case import LINE_RULE, LOCKED, SEATS, SIZE, WISH, Case, Demand
from recruitment.rules.allocation.places import TRAINED_RULE, chaired_the_last, is_trained, setting_for
from recruitment.rules.allocation.programme import Answer, Programme, Terms
from recruitment.rules.panel_members import Duty
from recruitment.rules.panel_policies import Severity

Columns = list[int]
Slack = list[tuple[int, float]]
_DUTY_OF = {"chair_trained": Duty.CHAIR, "inclusion_lead_trained": Duty.INCLUSION_LEAD}


@dataclass
class Built:
    """A programme for some needs of a case; `cap`: nobody's load may be higher, None: no limit."""

    case: Case
    needs: Sequence[int]
    cap: int | None = None
    programme: Programme = field(default_factory=Programme)
    columns: dict[tuple[int, Duty | None], dict[int, int]] = field(default_factory=dict)
    """Need and place → person → column."""
    slacks: dict[Demand, int] = field(default_factory=dict)
    asked: dict[Demand, Slack] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for at in self.needs:
            locked = {self.case.number[lock.member] for lock in self.case.needs[at].locked}
            for duty in self.case.places(at):
                self.columns[at, duty] = {
                    who: self.programme.column()
                    for who in self.case.may_take[at, duty]
                    if self.cap is None or self.case.people[who].past_load < self.cap or who in locked
                }
        for at in self.needs:
            self._one_panel(at)
        self._one_panel_a_day()
        self._loads()

    @cached_property
    def of_person(self) -> dict[int, dict[int, Columns]]:
        """Person → need → their columns."""
        found: dict[int, dict[int, Columns]] = defaultdict(lambda: defaultdict(list))
        for (at, _), columns in self.columns.items():
            for who, column in columns.items():
                found[who][at].append(column)
        return found

    @cached_property
    def _all_of(self) -> dict[int, dict[int, Columns]]:
        found: dict[int, dict[int, Columns]] = {at: defaultdict(list) for at in self.needs}
        for who, needs in self.of_person.items():
            for at, columns in needs.items():
                found[at][who] += columns
        return found

    def sits(self, at: int, people: Iterable[int] | None = None) -> list[tuple[int, float]]:
        """The terms that count who of these sits on a panel, in any place."""
        held = self._all_of[at]
        chosen: Iterable[int] = held if people is None else sorted(who for who in people if who in held)
        return [(column, 1.0) for who in chosen for column in held[who]]

    def takes(self, at: int, duty: Duty | None, people: Iterable[int] | None = None) -> list[tuple[int, float]]:
        columns = self.columns.get((at, duty), {})
        chosen: Iterable[int] = columns if people is None else sorted(who for who in people if who in columns)
        return [(columns[who], 1.0) for who in chosen]

    def _without_chair(self, at: int, people: Iterable[int]) -> list[tuple[int, float]]:
        chosen = list(people)
        return [*self.takes(at, None, chosen), *self.takes(at, Duty.INCLUSION_LEAD, chosen)]

    def _one_panel(self, at: int) -> None:
        for duty in self.case.places(at):
            if duty is not None:
                self.programme.row(self.takes(at, duty), most=1)
        self.programme.row(self.sits(at), most=self.case.needs[at].size)

    def _one_panel_a_day(self) -> None:
        inside = set(self.needs)
        for shared in self.case.shared_days:
            together = [at for at in shared if at in inside]
            for needs in self.of_person.values():
                terms = [(column, 1.0) for at in together for column in needs.get(at, ())]
                if len(terms) > 1:
                    self.programme.row(terms, most=1)

    def _loads(self) -> None:
        for who, needs in self.of_person.items():
            terms = [(column, 1.0) for columns in needs.values() for column in columns]
            if self.cap is not None:
                room = self.cap - self.case.people[who].past_load
                if room < len(needs):
                    self.programme.row(terms, most=room)
            year = self.case.year_cap(who)
            if year is None or year >= len(needs):
                continue
            reached = [at for at in needs if setting_for(self.case.policy, self.case.needs[at], "load_in_a_year")]
            if len(reached) == len(needs):
                self.programme.row(terms, most=year)
                continue
            for at in reached:  # Only who sits on a panel that the rule reaches has their year counted.
                more = len(needs)
                own = [(column, float(more)) for column in needs[at]]
                self.programme.row(_added(terms, own), most=year + more)

    def ask(self, demands: Iterable[Demand], cost: Callable[[Demand], float] | None = None) -> None:
        """Add demands: to be met, or each given up at its cost."""
        for demand in demands:
            slack: Slack = []
            if cost is not None:
                self.slacks[demand] = self.programme.column(cost(demand))
                slack = [(self.slacks[demand], 1.0)]
            self.asked[demand] = slack
            _ROWS[demand.kind](self, demand, slack)

    def keep_apart(self, line: frozenset[int]) -> None:
        """Ask that these, found to be all in one line of management, make up no panel."""
        self.case.lines.add(line)
        for demand, slack in self.asked.items():
            if demand.kind == LINE_RULE and self.case.needs[demand.need].size == len(line):
                _not_all_of(self, demand, slack, sorted(line))

    def give_up_no_more(self, costs: Mapping[Demand, float], most: float) -> None:
        """Keep what giving up demands costs at most at so much."""
        self.programme.row([(self.slacks[demand], cost) for demand, cost in costs.items()], most=most)

    def over_the_year(self, cost: float) -> list[tuple[int, float]]:
        """Ask, where it can be had, that nobody goes over a year's load which only warns."""
        held, costs = self.case.policy.setting("load_in_a_year"), []
        if held is None or held.severity is not Severity.WARNS:
            return []
        for who, needs in self.of_person.items():
            room = max(held.least - self.case.people[who].past_load, 0)
            reached = [at for at in needs if setting_for(self.case.policy, self.case.needs[at], held.rule)]
            if room < len(needs) and reached:
                over = self.programme.column(cost, len(needs))
                costs.append((over, cost))
                terms = [(column, 1.0) for at in reached for column in needs[at]]
                self.programme.row([*terms, (over, -1.0)], most=room)
        return costs

    def spread(self) -> None:
        """Cost loads by their squares: the next panel of somebody who has many costs more than of one with few."""
        for who, needs in self.of_person.items():
            terms = [(column, 1.0) for columns in needs.values() for column in columns]
            past = self.case.people[who].past_load
            room = len(needs) if self.cap is None else min(len(needs), max(self.cap - past, 0))
            steps = [self.programme.column(2 * (past + step) + 1, is_whole=False) for step in range(room)]
            self.programme.row([*terms, *((step, -1.0) for step in steps)], 0, 0)

    def solve(self, seconds: float) -> Answer:
        return self.programme.solve(seconds)


def _added(*many: Terms) -> list[tuple[int, float]]:
    total: dict[int, float] = defaultdict(float)
    for terms in many:
        for column, factor in terms:
            total[column] += factor
    return list(total.items())


def _seats(built: Built, demand: Demand, slack: Slack) -> None:
    size = built.case.needs[demand.need].size
    built.programme.row([*built.sits(demand.need), *((column, size * by) for column, by in slack)], least=size)


def _size(built: Built, demand: Demand, slack: Slack) -> None:
    need = built.case.needs[demand.need]
    held = setting_for(built.case.policy, need, SIZE)
    if held is not None and need.size < held.least:
        built.programme.row(slack, least=1)


def _locked(built: Built, demand: Demand, slack: Slack) -> None:
    lock = built.case.needs[demand.need].locked[demand.at]
    who = [built.case.number[lock.member]]
    terms = built.sits(demand.need, who) if lock.duty is None else built.takes(demand.need, lock.duty, who)
    built.programme.row([*terms, *slack], least=1)


def _duty(built: Built, demand: Demand, slack: Slack) -> None:
    built.programme.row([*built.takes(demand.need, Duty(demand.kind)), *slack], least=1)


def _somebody(chosen: Callable[[Case, Demand], Iterable[int]]) -> _Rows:
    def row(built: Built, demand: Demand, slack: Slack) -> None:
        built.programme.row([*built.sits(demand.need, chosen(built.case, demand)), *slack], least=1)

    return row


def _wished(case: Case, demand: Demand) -> list[int]:
    groups = case.needs[demand.need].wishes[demand.at].groups
    return [who for who, person in enumerate(case.people) if person.groups and person.groups & groups]


def _advisers(case: Case, demand: Demand) -> list[int]:
    return [who for who, person in enumerate(case.people) if person.is_inclusion_adviser]


def _network(case: Case, demand: Demand) -> list[int]:
    return [who for who, person in enumerate(case.people) if person.is_network_member]


def _not_all_of(built: Built, demand: Demand, slack: list[tuple[int, float]], people: Iterable[int]) -> None:
    size, terms = built.case.needs[demand.need].size, built.sits(demand.need, people)
    if len({who for who in people if who in built.of_person}) >= size:
        built.programme.row([*terms, *((column, -by) for column, by in slack)], most=size - 1)


def _directorates(built: Built, demand: Demand, slack: Slack) -> None:
    for people in built.case.in_directorate.values():
        _not_all_of(built, demand, slack, people)


def _lines(built: Built, demand: Demand, slack: Slack) -> None:
    """Whoever has the same manager is in one line with them; longer lines are kept apart as they are found."""
    case, size = built.case, built.case.needs[demand.need].size
    if size < 2:
        return
    for key, people in case.under.items():
        head = case.number.get(key)
        _not_all_of(built, demand, slack, [*people, *([] if head is None else [head])])
    for line in sorted(case.lines, key=sorted):
        if len(line) == size:
            _not_all_of(built, demand, slack, line)


def _chair_manages(built: Built, demand: Demand, slack: Slack) -> None:
    size = built.case.needs[demand.need].size
    allowed = (size - 1) // 2
    for chair, column in built.columns.get((demand.need, Duty.CHAIR), {}).items():
        managed = built.case.under.get(built.case.people[chair].id, ())
        terms = built.sits(demand.need, managed)
        if len(terms) > allowed:
            more = float(size - allowed)
            softer = [(each, -by * more) for each, by in slack]
            built.programme.row([*terms, (column, more), *softer], most=size)


def _independent(built: Built, demand: Demand, slack: Slack) -> None:
    """Somebody external in any place; or, in another place than the chair, from another directorate than the
    post's and out of the chair's line."""
    case, at = built.case, demand.need
    outside = {
        who
        for who, person in enumerate(case.people)
        if not person.is_external and person.directorate and person.directorate != case.needs[at].directorate
    }
    external = [who for who, person in enumerate(case.people) if person.is_external]
    number = built.programme.column(highest=case.needs[at].size, is_whole=False)
    counted = [*built.sits(at, external), *built._without_chair(at, outside)]
    built.programme.row([*counted, (number, -1.0)], 0, 0)
    built.programme.row([(number, 1.0), *slack], least=1)
    for chair, column in built.columns.get((at, Duty.CHAIR), {}).items():
        near = built._without_chair(at, _in_line_with(case, chair) & outside)
        if near:
            less = [(each, -1.0) for each, _ in near]
            built.programme.row([(number, 1.0), *less, (column, -1.0), *slack], least=0)


def _in_line_with(case: Case, chair: int) -> set[int]:
    person = case.people[chair]
    found = {*case.under.get(person.id, ()), *case.under.get(person.line_manager or "", ())}
    if person.line_manager in case.number:
        found.add(case.number[person.line_manager])
    return found - {chair}


def _trained(built: Built, demand: Demand, slack: Slack) -> None:
    """Of a rule on training that only warns: with its slack at nought nobody untrained takes the place."""
    case, need = built.case, built.case.needs[demand.need]
    held, days = setting_for(case.policy, need, demand.kind), need.days or (case.today,)
    courses = held.courses if held else ()
    without = [who for who, person in enumerate(case.people) if not is_trained(person, courses, days)]
    if demand.kind == TRAINED_RULE[None]:
        terms, most = built.sits(demand.need, without), need.size
    else:
        terms, most = built.takes(demand.need, _DUTY_OF[demand.kind], without), 1
    if terms:
        built.programme.row([*terms, *((column, -float(most)) for column, _ in slack)], most=0)


def _chair_varies(built: Built, demand: Demand, slack: Slack) -> None:
    case, need = built.case, built.case.needs[demand.need]
    held = setting_for(case.policy, need, demand.kind)
    same = [who for who, each in enumerate(case.people) if held and chaired_the_last(each, need, held.least)]
    terms = built.takes(demand.need, Duty.CHAIR, same)
    if terms:
        built.programme.row([*terms, *((column, -by) for column, by in slack)], most=0)


_Rows = Callable[[Built, Demand, list[tuple[int, float]]], None]
_ROWS: dict[str, _Rows] = {
    SEATS: _seats,
    SIZE: _size,
    LOCKED: _locked,
    WISH: _somebody(_wished),
    "chair": _duty,
    "inclusion_lead": _duty,
    "inclusion_adviser": _somebody(_advisers),
    "network_member": _somebody(_network),
    "not_all_from_one_directorate": _directorates,
    "not_all_in_one_line": _lines,
    "chair_manages_no_majority": _chair_manages,
    "independent_member": _independent,
    "chair_trained": _trained,
    "inclusion_lead_trained": _trained,
    "training_in_date": _trained,
    "chair_varies": _chair_varies,
}
