"""The same figure over successive years, from published figures alone, with breaks where a definition changed.

A line joins two years only where the question set, the answers and their grouping, the stages and the measure's
wording are the same in both, and no year is missing between them. Ratios divide as the NHS equality standards do:
the comparator's chance by the group's, so that above 1 the group was less likely to come through.
Sources: Code of Practice for Statistics, practice on discontinuities (users are told of breaks and why); NHS
Workforce Race Equality Standard, indicator 2, and Workforce Disability Equality Standard, metric 2, as worded now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from recruitment.rules.disclosure import Figure, ReleaseTable, is_ratio_told, percentage
from recruitment.rules.disparity.groupings import WDES_DISABILITY, WRES_BME
from recruitment.rules.disparity.rates import Rate
from recruitment.rules.disparity.ratios import (
    WORDINGS,
    Measure,
    ScoreInterval,
    risk_ratio,
    score_interval,
)
from recruitment.rules.equality_questions import MISSING
from recruitment.rules.publications import Period
from recruitment.rules.question_set_versions import same_questions

_MISSING = frozenset(code for code, _ in MISSING)
STEPS = (("submitted", "shortlisted"), ("shortlisted", "appointed"))


@dataclass(frozen=True)
class Yearly:
    """What was published of one year; `wording`: of the measures its ratios are read by; `bodies`: whose figures
    are added up in it, empty for one body's own.
    """

    period: Period
    tables: tuple[ReleaseTable, ...]
    question_set: str
    wording: str = "current"
    bodies: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """A whole year as 2025/26, or as 2025 where it is the calendar's; a shorter one by its days."""
        first, last = self.period.first, self.period.last
        if (last - first).days < 364:
            return f"{first.isoformat()} to {last.isoformat()}"
        return str(last.year) if first.year == last.year else f"{first.year}/{last.year % 100:02d}"

    def table(self, characteristic: str) -> ReleaseTable | None:
        return next((one for one in self.tables if one.characteristic == characteristic), None)


@dataclass(frozen=True)
class Break:
    """Between the year at `before_index` and the one before it, in whole sentences why."""

    before_index: int
    reasons: tuple[str, ...]


def breaks_of(years: Sequence[Yearly], characteristic: str) -> tuple[Break, ...]:
    """Where figures on one characteristic stop being comparable, in the order of the years."""
    found = []
    for at in range(1, len(years)):
        if reasons := _reasons(years[at - 1], years[at], characteristic):
            found.append(Break(at, reasons))
    return tuple(found)


def _reasons(before: Yearly, after: Yearly, characteristic: str) -> tuple[str, ...]:
    found = []
    if before.period.last + timedelta(days=1) != after.period.first:
        found.append(f"Nothing was published between {before.label} and {after.label}.")
    if before.period.last.month != after.period.last.month:
        found.append("The reporting year ends on another day.")
    if same_questions(before.question_set) != same_questions(after.question_set):
        found.append(f"The questions changed: set {before.question_set}, then set {after.question_set}.")
    one, other = before.table(characteristic), after.table(characteristic)
    if one is None or other is None:
        found.append("This was not asked in one of the two years.")
    else:
        if [row.code for row in one.rows] != [row.code for row in other.rows]:
            found.append("The answers are grouped otherwise.")
        if one.stages != other.stages:
            found.append(f"The stages changed: {_list(one.stages)}; then {_list(other.stages)}.")
    if before.bodies != after.bodies:
        found.append(f"Other bodies are in the sum: {_list(before.bodies)}; then {_list(after.bodies)}.")
    if before.wording != after.wording:
        found.append(f"The measure is worded otherwise: {before.wording}, then {after.wording}.")
    return tuple(found)


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)


def runs(is_there: Sequence[bool], breaks: Collection[int]) -> list[tuple[int, ...]]:
    """The stretches of years that a line may join: each value is there, and no break lies inside."""
    found: list[tuple[int, ...]] = []
    for at, there in enumerate(is_there):
        if not there:
            continue
        if found and found[-1][-1] == at - 1 and at not in breaks:
            found[-1] = (*found[-1], at)
        else:
            found.append((at,))
    return found


@dataclass(frozen=True)
class RatioPoint:
    """One year: people who came through of those considered; no ratio where it would be too unsteady to tell."""

    label: str
    group: tuple[int, int] | None
    comparator: tuple[int, int] | None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def text(self) -> str:
        if self.group is None or self.comparator is None:
            return "not published"
        if self.ratio is None or self.low is None or self.high is None:
            return "too few to publish a ratio"
        return f"{self.ratio:.2f} ({self.low:.2f} to {self.high:.2f})"


@dataclass(frozen=True)
class RatioSeries:
    """One ratio over the years; `direction` and `grouping` are printed with it."""

    characteristic: str
    step: tuple[str, str]
    group: str
    comparator: str
    grouping: str
    wording: str
    points: tuple[RatioPoint, ...]
    breaks: tuple[Break, ...]

    @property
    def title(self) -> str:
        return f"{self.group}: from {self.step[0]} to {self.step[1]}"

    @property
    def direction(self) -> str:
        return f"{self.comparator} divided by {self.group}; above 1, {self.group} were less likely to come through"


@dataclass(frozen=True)
class _Compared:
    characteristic: str
    group: str
    comparator: str
    comparator_code: str
    group_code: str
    grouping: str
    measure: Measure


_RATIOS = (
    _Compared("ethnic_group", "All other ethnic groups combined", "White", "white", "", WRES_BME.name,
              Measure.WRES_2),
    _Compared("disability", "Disabled people", "Not disabled", "not_disabled", "disabled", WDES_DISABILITY.name,
              Measure.WDES_2),
)  # fmt: skip


def ratio_series(years: Sequence[Yearly]) -> tuple[RatioSeries, ...]:
    """Shortlisting and appointment, by ethnic group and by disability, from published figures."""
    return tuple(
        RatioSeries(
            one.characteristic,
            step,
            one.group,
            one.comparator,
            one.grouping,
            WORDINGS[one.measure][0],
            tuple(_point(year, one, step) for year in years),
            breaks_of(years, one.characteristic),
        )
        for one in _RATIOS
        for step in STEPS
    )


def _point(year: Yearly, compared: _Compared, step: tuple[str, str]) -> RatioPoint:
    table = year.table(compared.characteristic)
    if table is None or not set(step) <= set(table.stages):
        return RatioPoint(year.label, None, None)
    places = [table.stages.index(stage) for stage in step]
    rows = {row.code: row.figures for row in table.rows}
    comparator = _shown(rows.get(compared.comparator_code), places)
    # All others: who gave an answer, less the comparator; off by up to 4 by rounding.
    whole = _shown(rows.get(compared.group_code) if compared.group_code else table.declaration, places)
    group = whole
    if whole is not None and comparator is not None and not compared.group_code:
        group = (whole[0] - comparator[0], whole[1] - comparator[1])
    if comparator is None or group is None or not 0 <= group[1] <= group[0] or comparator[1] > comparator[0]:
        return RatioPoint(year.label, None, None)
    return _with_ratio(year.label, Rate(group[1], group[0]), Rate(comparator[1], comparator[0]))


def _shown(figures: Sequence[Figure] | None, places: Sequence[int]) -> tuple[int, int] | None:
    """(considered, came through) of a row; None where one of them is withheld."""
    if figures is None:
        return None
    first, second = (figures[place].shown for place in places)
    return None if first is None or second is None else (first, second)


def _with_ratio(label: str, group: Rate, comparator: Rate) -> RatioPoint:
    point = RatioPoint(label, (group.selected, group.considered), (comparator.selected, comparator.considered))
    if not is_ratio_told((group.selected, comparator.selected), (group.considered, comparator.considered)):
        return point
    ratio, limits = risk_ratio(comparator, group), score_interval(comparator, group)
    if not isinstance(ratio, float) or not isinstance(limits, ScoreInterval) or not isinstance(limits.high, float):
        return point
    return RatioPoint(label, point.group, point.comparator, ratio, limits.low, limits.high)


@dataclass(frozen=True)
class ShareRow:
    """One answer: whole per cent of those who answered, by year; None where it is not published."""

    label: str
    shares: tuple[int | None, ...]


@dataclass(frozen=True)
class ShareTable:
    """One stage: every answer over the years, and how many answered (None: not published)."""

    stage: str
    labels: tuple[str, ...]
    rows: tuple[ShareRow, ...]
    answered: tuple[int | None, ...]
    breaks: tuple[Break, ...]


def share_tables(years: Sequence[Yearly], characteristic: str) -> tuple[ShareTable, ...]:
    """A table for each stage that was ever counted; answers as the latest year has them, then earlier ones."""
    tables = [year.table(characteristic) for year in years]
    there = [table for table in reversed(tables) if table is not None]
    answers = {row.code: row.label for table in there for row in table.rows if row.code not in _MISSING}
    # The first one found is the latest: a later loop over the same code must not rename it.
    for table in reversed(there):
        answers |= {row.code: row.label for row in table.rows if row.code in answers}
    stages = dict.fromkeys(stage for table in there for stage in table.stages)
    labels, breaks = tuple(year.label for year in years), breaks_of(years, characteristic)
    return tuple(
        ShareTable(
            stage,
            labels,
            tuple(
                ShareRow(label, tuple(_share(table, code, stage) for table in tables))
                for code, label in answers.items()
            ),
            tuple(_answered(table, stage) for table in tables),
            breaks,
        )
        for stage in stages
    )


def _answered(table: ReleaseTable | None, stage: str) -> int | None:
    if table is None or stage not in table.stages:
        return None
    return table.declaration[table.stages.index(stage)].shown


def _share(table: ReleaseTable | None, code: str, stage: str) -> int | None:
    if table is None or stage not in table.stages:
        return None
    place = table.stages.index(stage)
    row = next((row for row in table.rows if row.code == code), None)
    return None if row is None else percentage(row.figures[place], table.declaration[place])
