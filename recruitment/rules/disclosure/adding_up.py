"""A release of people of whom separate parts were released before: the parts' published figures added up.

What is worked out from published figures tells nothing that they do not. So this is safe beside any number of
earlier releases of separate people, at the price of every part's asterisks and of rounding that adds up too: with
n parts rounded to 5 a sum may be off by 2 n. Source: Dwork and Roth (2014), section 2.3, on post-processing.
"""

from __future__ import annotations

from collections.abc import Sequence

from recruitment.rules.disclosure.figures import WITHHELD, Figure, ReleaseRow, ReleaseTable


def _sum(series: Sequence[tuple[Figure, ...]]) -> tuple[Figure, ...]:
    added = []
    for figures in zip(*series, strict=True):
        numbers = [figure.shown for figure in figures]
        whole = [number for number in numbers if number is not None]
        added.append(Figure(sum(whole)) if len(whole) == len(numbers) else WITHHELD)
    return tuple(added)


def _over(figures: tuple[Figure, ...], stages: Sequence[str], shared: Sequence[str]) -> tuple[Figure, ...]:
    return tuple(figures[stages.index(stage)] for stage in shared)


def added_up(parts: Sequence[Sequence[ReleaseTable]]) -> tuple[ReleaseTable, ...]:
    """The parts' tables added, over the stages that all have; a sum with an asterisk in it is one.

    ValueError where the parts do not have the same tables and rows.
    """
    first = parts[0]
    shapes = [[(table.characteristic, [row.code for row in table.rows]) for table in part] for part in parts]
    if any(shape != shapes[0] for shape in shapes):
        raise ValueError("These releases did not ask the same questions.")
    tables = []
    for place, table in enumerate(first):
        own = [part[place] for part in parts]
        shared = tuple(stage for stage in table.stages if all(stage in each.stages for each in own))
        rows = [
            [_over(each.rows[at].figures, each.stages, shared) for each in own] for at in range(len(table.rows))
        ]
        tables.append(
            ReleaseTable(
                table.characteristic,
                table.title,
                shared,
                tuple(ReleaseRow(row.label, row.code, _sum(rows[at])) for at, row in enumerate(table.rows)),
                _sum([_over(each.total, each.stages, shared) for each in own]),
                _sum([_over(each.declaration, each.stages, shared) for each in own]),
            )
        )
    return tuple(tables)
