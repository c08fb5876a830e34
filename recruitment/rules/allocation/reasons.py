"""Why."""

from __future__ import annotations

from collections.abc import Callable

from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.needs import Infeasible


def impossible_alone(case: Case) -> bool:
    return False


def explain(case: Case, left: Callable[..., float]) -> Infeasible:
    return Infeasible(())
