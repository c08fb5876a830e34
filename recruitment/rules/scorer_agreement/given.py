"""A score as one scorer gave it, before any moderation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# Fewer than this many shared scores say more of chance than of scorers.
LEAST_SHARED = 10

# Application, question, criterion: what several scorers score alike is one unit.
Unit = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class GivenScore:
    """`place`: where the answer stood in the scorer's own queue, from 1."""

    scorer: str
    application: str
    question: str
    criterion: str
    value: int
    place: int = 1

    @property
    def unit(self) -> Unit:
        return self.application, self.question, self.criterion


def by_unit(scores: Iterable[GivenScore]) -> dict[Unit, list[GivenScore]]:
    """Unit → its scores, ordered by scorer, so that nothing hangs on the order in which they were read."""
    found: dict[Unit, list[GivenScore]] = {}
    for score in sorted(scores, key=lambda one: (one.unit, one.scorer)):
        found.setdefault(score.unit, []).append(score)
    return found
