"""Several bodies' published figures of one year added up, each figure only where the attacker agrees.

What is worked out from published figures tells nothing that they do not (Dwork and Roth 2014, section 2.3), if it
*is* worked out from them. So a pooled figure is shown only where the attacker, who holds every body's figures, can
work out without it all that it tells him: each part is published, the figure is their sum, and the range that he
reads from it holds every sum that the parts allow. A pooled figure from anywhere else, such as one rounded from
exact counts, fails that, and becomes an asterisk.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from recruitment.rules.disclosure import WITHHELD, Figure, Range, ReleaseRow, ReleaseTable, Rules
from recruitment.rules.disclosure.adding_up import added_up
from recruitment.rules.question_set_versions import same_questions, versions_line
from recruitment.rules.trends import Yearly

FEWEST = 2


@dataclass(frozen=True)
class BodyYear:
    """What one body published of one year, and by which rules."""

    body: str
    yearly: Yearly
    rules: Rules


@dataclass(frozen=True)
class Together:
    """`yearly`: None where fewer than two bodies can be added; `left_out`: why others are not, in sentences."""

    bodies: tuple[str, ...]
    yearly: Yearly | None
    left_out: tuple[str, ...]


def known_sum(parts: Sequence[Figure], rules: Sequence[Rules]) -> Range | None:
    """What the attacker knows of a sum before it is told: from the parts' ranges, None where one is withheld."""
    low = high = 0
    for part, own in zip(parts, rules, strict=True):
        if part.shown is None:
            return None
        told = own.range_of(part.shown)
        if told.high is None:
            return None
        low, high = low + told.low, high + told.high
    return Range(low, high)


def read_sum(figure: int, rules: Sequence[Rules]) -> Range:
    """What a pooled figure tells whoever reads it as a sum of figures, each rounded by its body's own rules."""
    off = off_by(rules)
    return Range(max(0, figure - off), figure + off)


def is_agreed(pooled: Figure, parts: Sequence[Figure], rules: Sequence[Rules]) -> bool:
    """Whether a pooled figure tells the attacker nothing that the parts do not; an asterisk never does."""
    if pooled.shown is None:
        return True
    known = known_sum(parts, rules)
    if known is None or known.high is None or pooled.shown != sum(part.shown or 0 for part in parts):
        return False
    told = read_sum(pooled.shown, rules)
    return told.high is not None and told.low <= known.low and known.high <= told.high


def agreed_tables(
    pooled: Sequence[ReleaseTable], parts: Sequence[Sequence[ReleaseTable]], rules: Sequence[Rules]
) -> tuple[ReleaseTable, ...]:
    """The pooled tables with an asterisk for every figure that the attacker does not agree to.

    ValueError where a part lacks a table, a row or a stage of the pooled ones.
    """
    return tuple(_agreed(table, [_same(part, table.characteristic) for part in parts], rules) for table in pooled)


def _same(part: Sequence[ReleaseTable], characteristic: str) -> ReleaseTable:
    found = next((table for table in part if table.characteristic == characteristic), None)
    if found is None:
        raise ValueError(f"A body published nothing on {characteristic}.")
    return found


def _agreed(table: ReleaseTable, parts: Sequence[ReleaseTable], rules: Sequence[Rules]) -> ReleaseTable:
    places = [[part.stages.index(stage) for stage in table.stages] for part in parts]

    def held(pooled: Sequence[Figure], series: Sequence[Sequence[Figure]]) -> tuple[Figure, ...]:
        kept = []
        for at, figure in enumerate(pooled):
            own = [figures[places[number][at]] for number, figures in enumerate(series)]
            kept.append(figure if is_agreed(figure, own, rules) else WITHHELD)
        return tuple(kept)

    rows = []
    for row, *others in zip_longest(table.rows, *(part.rows for part in parts)):
        if row is None or any(other is None or other.code != row.code for other in others):
            raise ValueError(f"The bodies group the answers on {table.characteristic} differently.")
        rows.append(ReleaseRow(row.label, row.code, held(row.figures, [other.figures for other in others])))
    return replace(
        table,
        rows=tuple(rows),
        total=held(table.total, [part.total for part in parts]),
        declaration=held(table.declaration, [part.declaration for part in parts]),
    )


def _alike(parts: Sequence[Sequence[ReleaseTable]]) -> tuple[list[list[ReleaseTable]], list[str]]:
    """The tables of each part that all have with the same rows, in one order; the titles of the others."""
    held = [
        {(table.characteristic, tuple(row.code for row in table.rows)): table for table in part} for part in parts
    ]
    shared = [key for key in held[0] if all(key in each for each in held)]
    titles = {key[0]: table.title for each in held for key, table in each.items()}
    told = {key[0] for key in shared}
    return [[each[key] for key in shared] for each in held], [
        title for characteristic, title in titles.items() if characteristic not in told
    ]


def together(years: Sequence[BodyYear]) -> Together:
    """The bodies of one year that ask of the same questions, added up over what all of them asked alike.

    Where bodies have different questions, those are added of whom most have the same; the others are named, and so
    is every characteristic that not all of them asked alike.
    """
    if not years:
        return Together((), None, ())
    usual, _ = Counter(same_questions(one.yearly.question_set) for one in years).most_common(1)[0]
    alike = [one for one in years if same_questions(one.yearly.question_set) == usual]
    left_out = [
        f"{one.body} is not in the sum: it asked other questions (set {one.yearly.question_set})."
        for one in years
        if one not in alike
    ]
    bodies = tuple(one.body for one in alike)
    if len(alike) < FEWEST:
        return Together(bodies, None, tuple(left_out))
    parts, others = _alike([one.yearly.tables for one in alike])
    left_out += [f"{title} is not in the sum: not all bodies asked it alike." for title in others]
    if not parts[0]:
        return Together(bodies, None, tuple(left_out))
    rules = [one.rules for one in alike]
    tables = agreed_tables(added_up(parts), parts, rules)
    sets = versions_line([one.yearly.question_set for one in alike])
    return Together(bodies, Yearly(alike[0].yearly.period, tables, sets, bodies=bodies), tuple(left_out))


def off_by(rules: Sequence[Rules]) -> int:
    """By how many people a pooled figure may differ from the exact sum, by rounding."""
    return sum(own.base // 2 for own in rules)
