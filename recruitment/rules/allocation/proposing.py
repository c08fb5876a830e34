"""The order in which a proposal is made good: rules, the highest load, warnings and wishes, spread, repeats."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from recruitment.rules.allocation.needs import Infeasible, PanelNeed, PoolMember, Proposal
from recruitment.rules.panel_policies import Policy


def propose(
    pool: Sequence[PoolMember],
    needs: Sequence[PanelNeed],
    policy: Policy,
    *,
    today: date,
    seconds: float = 20.0,
    earlier: Iterable[frozenset[str]] = (),
) -> Proposal | Infeasible:
    """Panels for all needs that keep every blocking rule, or why there are none.

    `seconds`: how long it may take; `earlier`: memberships of panels of the past year, whose trios count as met.
    """
    raise NotImplementedError
