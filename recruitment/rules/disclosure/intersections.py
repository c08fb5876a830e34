"""Two characteristics crossed: only where the attacker agrees, and never at the cost of the tables themselves.

The tables are controlled first. A crossing is then a later release of the same people, whose figures alone may
be withheld; where nothing of it can be shown safely it is not published at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from recruitment.rules.disclosure.cells import Cell, Shape
from recruitment.rules.disclosure.controlled import Controlled, control


def add_crossing(
    made: Controlled, scope: str, shape: Shape, numbers: Mapping[Cell, int], crossed: Iterable[str]
) -> Controlled | None:
    """The release with the crossed lines of `shape`, which has all of the release's lines too; None where the
    attacker does not agree.

    `numbers` holds every cell of `shape` under `scope`. A crossing that would show nothing but noughts and
    asterisks counts as not agreed.
    """
    lines = frozenset(crossed)
    earlier = {cell: (known,) for cell, known in made.published.items()}
    found = control(
        {scope: shape},
        numbers,
        made.rules,
        earlier=earlier | {cell: (*ranges, *earlier.get(cell, ())) for cell, ranges in made.earlier.items()},
        lines=lines,
        guarded=made.protected,
    )
    if not found.is_whole or not any(found.figures.values()):
        return None
    return replace(
        found,
        figures={**made.figures, **found.figures},
        protected=made.protected | found.protected,
        loss=made.loss + found.loss,
        earlier=made.earlier,
    )
