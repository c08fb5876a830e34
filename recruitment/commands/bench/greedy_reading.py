"""The reading that the rule of `greedy_suppression` is made by: interval propagation, without programmes.

Source: Office for National Statistics, policy on statistical disclosure control; interval propagation as
used to audit suppressed tables ("bounds"). The reader knows the rules of this system, the totals and every
table at once, that nobody reaches a stage without the one before, and that the people who leave between two
stages add up too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from recruitment.rules.equality_question_set import BACKGROUNDS
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.funnel import MISSING_CODES, STAGES, Counts
from recruitment.rules.question_sets import SHIPPED

UNBOUNDED = 10**9
TOTAL = "total"
DECLARED = "declared"


@dataclass(frozen=True, order=True)
class Cell:
    """The place of one figure; the row is an answer's code, "declared", or "total" in the line "total"."""

    line: str
    row: str
    stage: int


@dataclass(frozen=True)
class Range:
    """The whole numbers from `low` to `high`, both of them possible."""

    low: int
    high: int


ANY = Range(0, UNBOUNDED)
ROWS: dict[str, tuple[str, ...]] = {
    key: tuple(code for code, _ in labels) for key, _, labels in CHARACTERISTICS if key in SHIPPED.characteristics
}
_REST = "answered the group but not the background:"


def true_counts(counts: Counts) -> dict[Cell, int]:
    """Every figure a release could show, exactly."""
    numbers = {}
    for position, stage in enumerate(STAGES):
        numbers[Cell(TOTAL, TOTAL, position)] = counts.total(stage)
        for line, rows in ROWS.items():
            numbers[Cell(line, DECLARED, position)] = counts.declared(line, stage)
            for row in rows:
                numbers[Cell(line, row, position)] = counts.count(line, row, stage)
    return numbers


def _sums() -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Which (line, row) is the sum of which others, at any stage and for those who leave between two
    stages.
    """
    sums: list[tuple[tuple[str, str], list[tuple[str, str]]]] = []
    for line, rows in ROWS.items():
        missing = [(line, row) for row in rows if row in MISSING_CODES]
        sums.append(((TOTAL, TOTAL), [(line, row) for row in rows]))
        sums.append(((line, DECLARED), [(line, row) for row in rows if row not in MISSING_CODES]))
        sums.append(((TOTAL, TOTAL), [(line, DECLARED), *missing]))
    rests = []
    for group, options in BACKGROUNDS.items():
        rests.append((_REST, group))
        backgrounds = [("ethnic_background", option.code) for option in options]
        sums.append((("ethnic_group", group), [*backgrounds, (_REST, group)]))
    sums.append((("ethnic_group", DECLARED), [("ethnic_background", DECLARED), *rests]))
    return sums


_SUMS = _sums()
_NODES = sorted({node for whole, parts in _SUMS for node in (whole, *parts)})


def _equations() -> list[tuple[int, list[int]]]:
    # One layer for each stage, then one for each step between stages (those who leave).
    place = {node: position for position, node in enumerate(_NODES)}
    width, steps = len(_NODES), len(STAGES) - 1
    layers = [
        (layer * width + place[whole], [layer * width + place[part] for part in parts])
        for layer in range(len(STAGES) + steps)
        for whole, parts in _SUMS
    ]
    nesting = [
        (stage * width + node, [(stage + 1) * width + node, (len(STAGES) + stage) * width + node])
        for stage in range(steps)
        for node in range(width)
    ]
    return layers + nesting


_EQUATIONS = _equations()
_USES: dict[int, list[int]] = {}
for _number, (_whole, _parts) in enumerate(_EQUATIONS):
    for _variable in (_whole, *_parts):
        _USES.setdefault(_variable, []).append(_number)


def _tighten(whole: int, parts: list[int], low: list[int], high: list[int]) -> list[int]:
    """Narrow the ranges of one sum from each other; the variables that changed."""
    changed = []
    sum_low, sum_high = sum(low[part] for part in parts), sum(high[part] for part in parts)
    if sum_low > low[whole] or sum_high < high[whole]:
        low[whole], high[whole] = max(low[whole], sum_low), min(high[whole], sum_high)
        changed.append(whole)
    if low[whole] > high[whole]:
        raise ValueError("The counts contradict each other: a sum is not the sum of its parts.")
    for part in parts:
        new_low = max(low[part], low[whole] - (sum_high - high[part]))
        new_high = min(high[part], high[whole] - (sum_low - low[part]))
        if new_low > low[part] or new_high < high[part]:
            sum_low, sum_high = sum_low + new_low - low[part], sum_high + new_high - high[part]
            low[part], high[part] = new_low, new_high
            changed.append(part)
    return changed


def read_ranges(published: Mapping[Cell, Range]) -> dict[Cell, Range]:
    """For each published cell the range that is left once every sum and nesting has been used.

    A cell that is absent is taken as withheld. Ranges only ever shrink, so this ends; the true numbers
    always stay.
    """
    size = len(_NODES) * (2 * len(STAGES) - 1)
    low, high = [0] * size, [UNBOUNDED] * size
    place = {node: position for position, node in enumerate(_NODES)}
    variables = {cell: cell.stage * len(_NODES) + place[cell.line, cell.row] for cell in published}
    for cell, variable in variables.items():
        low[variable], high[variable] = published[cell].low, published[cell].high
    waiting = dict.fromkeys(range(len(_EQUATIONS)))
    while waiting:
        number = next(iter(waiting))
        del waiting[number]
        whole, parts = _EQUATIONS[number]
        for variable in _tighten(whole, parts, low, high):
            waiting.update(dict.fromkeys(_USES[variable]))
    return {cell: Range(low[variable], high[variable]) for cell, variable in variables.items()}
