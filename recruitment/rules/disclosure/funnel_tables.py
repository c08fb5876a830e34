"""From the tally's counts to a controlled release, and from that to the tables that are printed."""

from __future__ import annotations

from recruitment.rules.disclosure.cells import DECLARED, TOTAL, Cell, Inside, Line, Shape, crossing
from recruitment.rules.disclosure.controlled import THRESHOLD, Controlled, Rules, control
from recruitment.rules.disclosure.figures import WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.equality_question_set import BACKGROUNDS
from recruitment.rules.equality_questions import CHARACTERISTICS
from recruitment.rules.funnel import MISSING_CODES, Counts
from recruitment.rules.rounding import BASE

CAMPAIGN = "campaign"


def pair_name(pair: tuple[str, str]) -> str:
    return " × ".join(pair)


def shape_of(counts: Counts, *, pairs: tuple[tuple[str, str], ...] = ()) -> Shape:
    """The shape of the tally's counts, with the crossings that are asked for. KeyError for one not counted."""
    lines = {
        key: Line(key, tuple(code for code, _ in labels), MISSING_CODES & {code for code, _ in labels})
        for key, _, labels in CHARACTERISTICS
    }
    inside = [
        Inside("ethnic_group", group, "ethnic_background", tuple(option.code for option in options))
        for group, options in BACKGROUNDS.items()
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
        for key, _, labels in CHARACTERISTICS:
            numbers[Cell(scope, key, DECLARED, at)] = counts.declared(key, stage)
            for code, _ in labels:
                numbers[Cell(scope, key, code, at)] = counts.count(key, code, stage)
        for pair in pairs:
            for one, other in counts.crossings[pair]:
                number = counts.crossed(pair, (one, other), stage)
                numbers[Cell(scope, pair_name(pair), f"{one} × {other}", at)] = number
    return numbers


def tables_of(controlled: Controlled, scope: str = CAMPAIGN) -> tuple[ReleaseTable, ...]:
    """One table for each characteristic of the question set."""
    stages = controlled.shapes[scope].stages

    def series(line: str, row: str) -> tuple[Figure, ...]:
        shown = [controlled.figures[Cell(scope, line, row, at)] for at in range(len(stages))]
        return tuple(WITHHELD if number is None else Figure(number) for number in shown)

    return tuple(
        ReleaseTable(
            characteristic=key,
            title=title,
            stages=stages,
            rows=tuple(ReleaseRow(label, code, series(key, code)) for code, label in labels),
            total=series(TOTAL, TOTAL),
            declaration=series(key, DECLARED),
        )
        for key, title, labels in CHARACTERISTICS
    )


def release_tables(counts: Counts, *, threshold: int = THRESHOLD, base: int = BASE) -> tuple[ReleaseTable, ...]:
    """One table for each characteristic, rounded, and protected together, since they count the same people.

    ValueError for a threshold or base that is not allowed; see `Rules`.
    """
    rules = Rules(threshold, base)
    return tables_of(control({CAMPAIGN: shape_of(counts)}, numbers_of(counts), rules))
