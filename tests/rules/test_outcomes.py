"""Outcomes follow the order of merit, and what breaks it is told in sentences."""

from __future__ import annotations

from fractions import Fraction

from recruitment.rules.outcomes import Decision, Outcome, ProblemKind, check_outcomes


def decision(name: str, total: int, outcome: Outcome, **more: object) -> Decision:
    return Decision(name, Fraction(total), outcome, **more)  # type: ignore[arg-type]


GOOD = [
    decision("A", 30, Outcome.APPOINTED),
    decision("B", 35, Outcome.DECLINED),
    decision("C", 28, Outcome.RESERVE),
    decision("D", 20, Outcome.NOT_APPOINTED),
    decision("E", 40, Outcome.WITHDREW),
]


def kinds(decisions: list[Decision], posts: int = 1) -> list[ProblemKind]:
    return [problem.kind for problem in check_outcomes(decisions, posts, 16)]


def test_outcomes_in_order_of_merit_have_no_problem() -> None:
    assert check_outcomes(GOOD, 1, 16) == []


def test_a_candidate_with_a_higher_total_cannot_be_passed_over() -> None:
    problems = check_outcomes([*GOOD, decision("F", 31, Outcome.NOT_APPOINTED)], 1, 16)
    assert [problem.applications for problem in problems] == [("A", "F"), ("C", "F")]
    assert problems[0].sentence == "A is placed before F, who has the higher total."


def test_a_reserve_cannot_stand_above_the_appointed() -> None:
    decisions = [decision("A", 20, Outcome.APPOINTED), decision("B", 25, Outcome.RESERVE)]
    assert kinds(decisions) == [ProblemKind.OUT_OF_ORDER]


def test_a_high_total_below_the_minimum_of_a_criterion_is_rightly_not_appointed() -> None:
    assert kinds([*GOOD, decision("F", 39, Outcome.NOT_APPOINTED, meets_minimum=False)]) == []


def test_nobody_below_the_minimum_is_appointed_or_held_in_reserve() -> None:
    low = [decision("A", 15, Outcome.APPOINTED), decision("B", 30, Outcome.RESERVE, meets_minimum=False)]
    assert kinds(low) == [ProblemKind.BELOW_MINIMUM, ProblemKind.BELOW_MINIMUM]


def test_no_more_are_appointed_than_there_are_posts() -> None:
    assert kinds(GOOD, posts=0) == [ProblemKind.TOO_MANY_APPOINTED]


def test_a_tie_that_is_broken_needs_a_reason_for_each() -> None:
    tied = [decision("A", 30, Outcome.APPOINTED, tie_reason="Better on the lead criterion.")]
    without = [*tied, decision("B", 30, Outcome.RESERVE)]
    assert kinds(without) == [ProblemKind.TIE_WITHOUT_REASON]
    reason = "Second on the lead criterion."
    assert kinds([*tied, decision("B", 30, Outcome.RESERVE, tie_reason=reason)]) == []


def test_a_tie_that_is_not_broken_needs_no_reason() -> None:
    assert kinds([decision("A", 30, Outcome.APPOINTED), decision("B", 30, Outcome.APPOINTED)], posts=2) == []
