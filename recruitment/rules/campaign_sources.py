"""Where candidates heard of a campaign: the campaign's own list, counted and never linked to a person.

The counts are told once no application can come any more, and only from the disclosure threshold on: nobody can
watch a count grow with somebody's application.
Source: Code of Practice for Statistics, T6 (confidentiality of those who are counted).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.errors import Invalid, check_lines

MOST = 20


@dataclass(frozen=True)
class SourceFigure:
    """`told`: how many said so; None where that is withheld."""

    name: str
    told: int | None


def read_names(typed: str) -> tuple[str, ...]:
    """One source a line; `Invalid` for too many, or the same twice."""
    names = tuple(line.strip() for line in typed.splitlines() if line.strip())
    if len(names) > MOST:
        raise Invalid(f"Enter at most {MOST} sources.", "names")
    if len({name.casefold() for name in names}) < len(names):
        raise Invalid("Enter each source once.", "names")
    for name in names:
        check_lines(names=name)
    return names


def check_kept(before: Sequence[str], wanted: Sequence[str], state: CampaignState) -> None:
    """Raise `Invalid` where a source goes that candidates may have chosen already."""
    gone = [name for name in before if name not in wanted]
    if gone and state is not CampaignState.DRAFT:
        raise Invalid(f"Applications are open, so “{gone[0]}” must stay. You can add others.", "names")


def are_told(state: CampaignState) -> bool:
    """Whether counts are told: no application can come once the scores are locked."""
    return has_reached(state, CampaignState.SCORED)


def figures_of(counts: Sequence[tuple[str, int]], state: CampaignState) -> tuple[SourceFigure, ...]:
    """Each source with its count, or without it below the threshold or too early."""
    told = are_told(state)
    return tuple(SourceFigure(name, count if told and count >= THRESHOLD else None) for name, count in counts)
