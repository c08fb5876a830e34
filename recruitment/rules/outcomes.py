"""Whether the outcomes of a campaign follow the order of merit.

Sources: Constitutional Reform and Governance Act 2010 s10 (merit, fair and open competition; nobody is
appointed who is not competent); Civil Service Commission, Recruitment Principles (appointment and reserve
list in merit order); prison service instruction on selection (tied marks need a recorded reason).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby


class Outcome(StrEnum):
    """How an application ended; the first three are the panel's, the others the candidate's."""

    APPOINTED = "appointed"
    RESERVE = "reserve"
    NOT_APPOINTED = "not_appointed"
    WITHDREW = "withdrew"
    DECLINED = "declined"


_STANDING = {Outcome.APPOINTED: 0, Outcome.RESERVE: 1, Outcome.NOT_APPOINTED: 2}


@dataclass(frozen=True)
class Decision:
    """One outcome with the interview total it rests on.

    `meets_minimum` is about the minimum of every single criterion; `tie_reason` says why this candidate was
    placed before or after others with the same total.
    """

    application_id: str
    total: Fraction
    outcome: Outcome
    meets_minimum: bool = True
    tie_reason: str = ""


class ProblemKind(StrEnum):
    TOO_MANY_APPOINTED = "too_many_appointed"
    BELOW_MINIMUM = "below_minimum"
    OUT_OF_ORDER = "out_of_order"
    TIE_WITHOUT_REASON = "tie_without_reason"


@dataclass(frozen=True)
class Problem:
    """What stands in the way of making the outcomes final, in a sentence for the panel."""

    kind: ProblemKind
    applications: tuple[str, ...]
    sentence: str


def _is_competent(decision: Decision, minimum: Fraction | int) -> bool:
    return decision.meets_minimum and decision.total >= minimum


def _order_problems(decisions: Sequence[Decision]) -> list[Problem]:
    """Somebody with a lower total stands better than somebody with a higher one; one problem for each
    so placed.
    """
    problems = []
    passed_over: list[Decision] = []
    ordered = sorted(decisions, key=lambda decision: -decision.total)
    for _, equals in groupby(ordered, key=lambda decision: decision.total):
        group = sorted(equals, key=lambda decision: decision.application_id)
        for decision in group:
            better = [above for above in passed_over if _STANDING[above.outcome] > _STANDING[decision.outcome]]
            if better:
                problems.append(
                    Problem(
                        ProblemKind.OUT_OF_ORDER,
                        (decision.application_id, *(above.application_id for above in better)),
                        f"{decision.application_id} is placed before {better[0].application_id}, "
                        "who has the higher total.",
                    )
                )
        problems += _tie_problems(group)
        passed_over += [decision for decision in group if decision.outcome is not Outcome.APPOINTED]
    return problems


def _tie_problems(group: Sequence[Decision]) -> list[Problem]:
    if len({decision.outcome for decision in group}) < 2 or all(decision.tie_reason.strip() for decision in group):
        return []
    tied = tuple(decision.application_id for decision in group)
    sentence = f"{', '.join(tied)} have the same total and different outcomes: record the reason for each."
    return [Problem(ProblemKind.TIE_WITHOUT_REASON, tied, sentence)]


def check_outcomes(decisions: Sequence[Decision], posts: int, minimum: Fraction | int) -> list[Problem]:
    """Everything that breaks the order of merit; an empty list lets the outcomes become final.

    `minimum` is the least interview total of a competent candidate. Candidates who withdrew or declined,
    and those who are rightly not appointed because they are below a minimum, have no place in the order.
    """
    problems = []
    placed = [decision for decision in decisions if decision.outcome in _STANDING]
    appointed = [decision for decision in placed if decision.outcome is Outcome.APPOINTED]
    if len(appointed) > posts:
        names = tuple(decision.application_id for decision in appointed)
        sentence = f"{len(appointed)} candidates are appointed to {posts} posts."
        problems.append(Problem(ProblemKind.TOO_MANY_APPOINTED, names, sentence))
    for decision in placed:
        if decision.outcome is not Outcome.NOT_APPOINTED and not _is_competent(decision, minimum):
            sentence = f"{decision.application_id} is below the interview minimum and cannot be appointed or held."
            problems.append(Problem(ProblemKind.BELOW_MINIMUM, (decision.application_id,), sentence))
    return problems + _order_problems([decision for decision in placed if _is_competent(decision, minimum)])
