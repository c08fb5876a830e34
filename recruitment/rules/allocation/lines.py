"""Keeps panels from being all in one line of management.

People under one manager are kept apart by rows of the programme; longer lines (a manager, her manager, his report)
are too many to write down, so each is forbidden when the solver comes up with it.
"""

from __future__ import annotations

import time

from recruitment.rules.allocation.building import Built
from recruitment.rules.allocation.case import LINE_RULE
from recruitment.rules.allocation.programme import Answer, Outcome
from recruitment.rules.panel_members import Panel
from recruitment.rules.panel_policies import Policy, RuleSetting, Severity
from recruitment.rules.panels import Verdict, check_panel

_POLICY = Policy(settings=(RuleSetting(LINE_RULE, Severity.BLOCKS),))


def solve_apart(built: Built, seconds: float) -> Answer:
    """The solver's answer without a panel in one line, where that was asked and not given up."""
    ends = time.monotonic() + seconds
    while True:
        answer = built.solve(ends - time.monotonic())
        found = _lines(built, answer) if answer.is_found else set()
        if not found:
            return answer
        if time.monotonic() >= ends:
            return Answer(Outcome.OUT_OF_TIME)
        for line in sorted(found, key=sorted):
            built.keep_apart(line)


def _lines(built: Built, answer: Answer) -> set[frozenset[int]]:
    found = set()
    for demand, slack in built.asked.items():
        if demand.kind != LINE_RULE or any(answer.values[column] > 0.5 for column, _ in slack):
            continue
        sitting = frozenset(
            who
            for (at, _), columns in built.columns.items()
            if at == demand.need
            for who, column in columns.items()
            if answer.values[column] > 0.5
        )
        members = tuple(built.case.people[who].as_member() for who in sorted(sitting))
        (finding,) = check_panel(Panel(members), _POLICY, today=built.case.today)
        if finding.verdict is Verdict.NOT_MET and len(sitting) == built.case.needs[demand.need].size:
            found.add(sitting)
    return found
