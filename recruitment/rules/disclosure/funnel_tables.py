"""From the tally's counts to a controlled release, and from that to the tables that are printed."""

from __future__ import annotations

from dataclasses import replace

from recruitment.rules.disclosure.asking import known_of_asking
from recruitment.rules.disclosure.cells import DECLARED, TOTAL, Cell, Inside, Line, Shape, crossing
from recruitment.rules.disclosure.controlled import THRESHOLD, Controlled, Rules, control
from recruitment.rules.disclosure.figures import CROSSED, WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.equality_question_set import BACKGROUNDS
from recruitment.rules.equality_questions import CHARACTERISTICS, NOT_ASKED
from recruitment.rules.funnel import CODES, MISSING_CODES, Counts
from recruitment.rules.rounding import BASE

CAMPAIGN = "campaign"


_TITLES = {key: title for key, title, _ in CHARACTERISTICS}
_LABELS = {key: dict(labels) for key, _, labels in CHARACTERISTICS}
OWN_LINES = frozenset({TOTAL, *_TITLES})
"""What every release prints; a crossing is printed on its own."""


def pair_name(pair: tuple[str, str]) -> str:
    return CROSSED.join(pair)


def pair_title(pair: tuple[str, str]) -> str:
    return f"{_TITLES[pair[0]]} and {_TITLES[pair[1]].lower()} together"


def shape_of(counts: Counts, *, pairs: tuple[tuple[str, str], ...] = ()) -> Shape:
    """The shape of the tally's counts, with the crossings that are asked for. KeyError for one not counted."""
    lines = {key: Line(key, CODES[key], MISSING_CODES & set(CODES[key]), NOT_ASKED) for key in counts.asked}
    inside = [
        Inside("ethnic_group", group, "ethnic_background", tuple(option.code for option in options))
        for group, options in BACKGROUNDS.items()
        if {"ethnic_group", "ethnic_background"} <= set(lines)
    ]
    crossed = []
    for pair in pairs:
        line, sums = crossing(pair_name(pair), lines[pair[0]], lines[pair[1]])
        crossed.append(line)
        inside += sums
    stages = tuple(str(stage) for stage in counts.stages)
    return Shape(stages, (*lines.values(), *crossed), tuple(inside))


def numbers_of(
    counts: Counts, scope: str = CAMPAIGN, *, pairs: tuple[tuple[str, str], ...] = ()
) -> dict[Cell, int]:
    """Every figure a release could show, exactly."""
    numbers = {}
    for at, stage in enumerate(counts.stages):
        numbers[Cell(scope, TOTAL, TOTAL, at)] = counts.total(stage)
        for key in counts.asked:
            numbers[Cell(scope, key, DECLARED, at)] = counts.declared(key, stage)
            for code in CODES[key]:
                numbers[Cell(scope, key, code, at)] = counts.count(key, code, stage)
        for pair in pairs:
            declared = 0
            for one, other in counts.crossings[pair]:
                number = counts.crossed(pair, (one, other), stage)
                numbers[Cell(scope, pair_name(pair), f"{one} × {other}", at)] = number
                declared += number if MISSING_CODES.isdisjoint((one, other)) else 0
            numbers[Cell(scope, pair_name(pair), DECLARED, at)] = declared
    return numbers


def tables_of(controlled: Controlled, scope: str = CAMPAIGN) -> tuple[ReleaseTable, ...]:
    """One table for each characteristic of which figures were made.

    Where everybody was asked there is no row of those who were not: that nobody stands there is known beforehand.
    """
    stages = controlled.shapes[scope].stages
    all_asked = {
        cell.line for cell in controlled.earlier if (cell.scope, cell.row, cell.stage) == (scope, NOT_ASKED, 0)
    }

    def series(line: str, row: str) -> tuple[Figure, ...]:
        return _series(controlled, scope, line, row)

    return tuple(
        ReleaseTable(
            characteristic=key,
            title=title,
            stages=stages,
            rows=tuple(
                ReleaseRow(label, code, series(key, code))
                for code, label in labels
                if code != NOT_ASKED or key not in all_asked
            ),
            total=series(TOTAL, TOTAL),
            declaration=series(key, DECLARED),
            is_all_asked=key in all_asked,
        )
        for key, title, labels in CHARACTERISTICS
        if Cell(scope, key, DECLARED, 0) in controlled.figures
    )


def _series(controlled: Controlled, scope: str, line: str, row: str) -> tuple[Figure, ...]:
    stages = range(len(controlled.shapes[scope].stages))
    shown = [controlled.figures[Cell(scope, line, row, at)] for at in stages]
    return tuple(WITHHELD if number is None else Figure(number) for number in shown)


def crossing_table(
    controlled: Controlled, pair: tuple[str, str], total: tuple[Figure, ...], scope: str = CAMPAIGN
) -> ReleaseTable:
    """One row for each pair of answers; `declaration`: who gave both; `total`: as the release printed it."""
    one, other, line = _LABELS[pair[0]], _LABELS[pair[1]], pair_name(pair)
    codes = [(a, b) for a in one for b in other]
    return ReleaseTable(
        line,
        pair_title(pair),
        controlled.shapes[scope].stages,
        tuple(
            ReleaseRow(
                f"{one[a]}; {other[b]}", pair_name((a, b)), _series(controlled, scope, line, pair_name((a, b)))
            )
            for a, b in codes
        ),
        total,
        _series(controlled, scope, line, DECLARED),
    )


def both_answered(table: ReleaseTable) -> ReleaseTable:
    """A crossing without the rows of those who left one of its two questions unanswered, as it is read."""
    return replace(
        table, rows=tuple(row for row in table.rows if MISSING_CODES.isdisjoint(row.code.split(CROSSED)))
    )


def release_tables(counts: Counts, *, threshold: int = THRESHOLD, base: int = BASE) -> tuple[ReleaseTable, ...]:
    """One table for each characteristic, rounded, and protected together, since they count the same people.

    ValueError for a threshold or base that is not allowed; see `Rules`.
    """
    rules, shape = Rules(threshold, base), shape_of(counts)
    numbers = numbers_of(counts)
    known = known_of_asking(CAMPAIGN, shape, [frozenset(counts.asked)], numbers)
    return tables_of(control({CAMPAIGN: shape}, numbers, rules, earlier=known))
