"""What everybody knows without any figure: which campaigns asked which questions.

A campaign's questions are seen by whoever applies. So where all were asked a question, an attacker knows that
nobody stands in the row of those who were not; where none was, that all of them do and nobody in any other row.
Where some were, the row of those who were not tells how many people those campaigns had in all, and so how many
the others had. That is nobody's answer, and is not guarded beyond the threshold.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from recruitment.rules.disclosure.attacker import Range
from recruitment.rules.disclosure.cells import Cell, Shape

NONE = Range(0, 0)


def known_of_asking(
    scope: str, shape: Shape, asked: Collection[frozenset[str]], numbers: Mapping[Cell, int]
) -> dict[Cell, Sequence[Range]]:
    """The noughts that are known of a scope. `asked`: of each campaign in it, the names of the lines it asked.

    Only true ones: of counts that were taken over from elsewhere, some may not have been asked after all.
    """
    known: dict[Cell, Sequence[Range]] = {}
    for line in shape.lines:
        if not line.not_asked:
            continue
        askers = [line.name in own for own in asked]
        rows: tuple[str, ...] = ()
        if all(askers):
            rows = (line.not_asked,)
        elif not any(askers):
            rows = tuple(row for row in line.rows if row != line.not_asked)
        # Nobody reaches a later stage without the first.
        cells = [Cell(scope, line.name, row, 0) for row in rows]
        known |= {cell: (NONE,) for cell in cells if not numbers[cell]}
    return known
