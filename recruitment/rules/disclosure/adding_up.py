"""A release of people of whom separate parts were released before: the parts' published figures added up.

What is worked out from published figures tells nothing that they do not. So this is safe beside any number of
earlier releases of separate people, at the price of every part's asterisks and of rounding that adds up too: with
n parts rounded to 5 a sum may be off by 2 n. Source: Dwork and Roth (2014), section 2.3, on post-processing.
"""

from __future__ import annotations

from collections.abc import Sequence

from recruitment.rules.disclosure.figures import WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.equality_questions import CHARACTERISTICS, MISSING, NOT_ASKED

_LABELS = dict(MISSING)


def _sum(series: Sequence[tuple[Figure, ...]]) -> tuple[Figure, ...]:
    added = []
    for figures in zip(*series, strict=True):
        numbers = [figure.shown for figure in figures]
        whole = [number for number in numbers if number is not None]
        added.append(Figure(sum(whole)) if len(whole) == len(numbers) else WITHHELD)
    return tuple(added)


def _over(figures: tuple[Figure, ...], stages: Sequence[str], shared: Sequence[str]) -> tuple[Figure, ...]:
    return tuple(figures[stages.index(stage)] for stage in shared)


def _asked_alike(part: Sequence[ReleaseTable], wanted: ReleaseTable) -> ReleaseTable:
    """The part's table of what `wanted` is of, with a row of those who were not asked: all, where it did not ask.

    ValueError where it has other answers.
    """
    own = {table.characteristic: table for table in part}.get(wanted.characteristic)
    nobody = tuple(Figure(0) for _ in part[0].stages)
    codes = [row.code for row in wanted.rows if row.code != NOT_ASKED]
    if own is None:
        everybody = part[0].total
        rows = [ReleaseRow(row.label, row.code, nobody) for row in wanted.rows if row.code != NOT_ASKED]
        unasked, declared, is_all_asked = everybody, nobody, False
    else:
        rows = [row for row in own.rows if row.code != NOT_ASKED]
        held = [row.figures for row in own.rows if row.code == NOT_ASKED]
        unasked = nobody if own.is_all_asked or not held else held[0]
        declared, is_all_asked = own.declaration, own.is_all_asked
    if [row.code for row in rows] != codes:
        raise ValueError("These releases did not ask the same questions.")
    return ReleaseTable(
        wanted.characteristic,
        wanted.title,
        part[0].stages,
        (*rows, ReleaseRow(_LABELS[NOT_ASKED], NOT_ASKED, unasked)),
        part[0].total,
        declared,
        is_all_asked,
    )


def added_up(parts: Sequence[Sequence[ReleaseTable]]) -> tuple[ReleaseTable, ...]:
    """The parts' tables added, over the stages that all have; a sum with an asterisk in it is one.

    A part that did not ask a question counts there as not asked. ValueError where the answers differ.
    """
    wanted = {table.characteristic: table for part in parts for table in part}
    order = [key for key, _, _ in CHARACTERISTICS if key in wanted]
    order += [key for key in wanted if key not in order]
    tables = []
    for table in (wanted[key] for key in order):
        own = [_asked_alike(part, table) for part in parts]
        is_all_asked = all(each.is_all_asked for each in own)
        shared = tuple(stage for stage in own[0].stages if all(stage in each.stages for each in own))
        rows = [
            ReleaseRow(
                row.label, row.code, _sum([_over(each.rows[at].figures, each.stages, shared) for each in own])
            )
            for at, row in enumerate(own[0].rows)
            if not (is_all_asked and row.code == NOT_ASKED)
        ]
        tables.append(
            ReleaseTable(
                table.characteristic,
                table.title,
                shared,
                tuple(rows),
                _sum([_over(each.total, each.stages, shared) for each in own]),
                _sum([_over(each.declaration, each.stages, shared) for each in own]),
                is_all_asked,
            )
        )
    return tuple(tables)
