"""Proposes interview panels for all campaigns of a period at once, and shares the load fairly."""

from __future__ import annotations

from recruitment.rules.allocation.needs import (
    Infeasible,
    Locked,
    PanelNeed,
    PoolMember,
    Proposal,
    ProposedPanel,
    Reason,
    Seat,
    Wish,
    count_loads,
    gini,
    seated,
    with_lock,
)
from recruitment.rules.allocation.proposing import propose

__all__ = [
    "Infeasible",
    "Locked",
    "PanelNeed",
    "PoolMember",
    "Proposal",
    "ProposedPanel",
    "Reason",
    "Seat",
    "Wish",
    "count_loads",
    "gini",
    "propose",
    "seated",
    "with_lock",
]
