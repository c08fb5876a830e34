"""The report a group gets: published figures and what is done about them, frozen as it was made.

Everything in it was published or is open to all staff already; nothing is counted for it. What the figures say is
kept in words, so that a later version of the rules does not change a report that somebody was given.
Source: the columns of the WDES action plan of Birmingham and Solihull Mental Health NHS Foundation Trust, 2020/21.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from recruitment.rules.actions import ActionText, Status, by_objective
from recruitment.rules.disclosure import EXPLANATION, ReleaseTable
from recruitment.rules.errors import Invalid
from recruitment.rules.funnel_reports import write_report
from recruitment.rules.publications import Period
from recruitment.rules.release_formats import tables_from_json, tables_to_json, tables_to_sheets
from recruitment.rules.sheets import Sheet, Value

REPORT_VERSION = 1
LONGEST_NOTE = 2000


@dataclass(frozen=True)
class ReportedChapter:
    """One characteristic: its table and what stands beside it, in words.

    `lines`: (step, group, with whom, counts, ratio with its interval, verdict).
    """

    table: ReleaseTable
    declaration: str
    lines: tuple[tuple[str, ...], ...]
    beside: tuple[str, ...]


@dataclass(frozen=True)
class ReportedFigures:
    """A publication as the report has it; `is_of_period`: whether it covers the very period of the report."""

    title: str
    period: Period
    published_on: date
    is_of_period: bool
    threshold: int
    base: int
    question_set: str
    remarks: tuple[str, ...]
    summary: tuple[str, ...]
    chapters: tuple[ReportedChapter, ...]

    @property
    def explanation(self) -> str:
        return EXPLANATION.format(base=self.base)


@dataclass(frozen=True)
class ReportedAction:
    """`plan`: the title of its plan; `is_overdue`: on the day the report was made."""

    plan: str
    text: ActionText
    is_overdue: bool


@dataclass(frozen=True)
class Report:
    """`figures`: None where nothing was published, or none was asked for (`has_figures`); so `objectives`."""

    group: str
    title: str
    period: Period
    made_on: date
    has_figures: bool
    figures: ReportedFigures | None
    has_actions: bool
    objectives: tuple[tuple[str, tuple[ReportedAction, ...]], ...]

    @property
    def actions(self) -> tuple[ReportedAction, ...]:
        return tuple(one for _, members in self.objectives for one in members)

    def counted(self) -> Mapping[str, int]:
        """Actions by status, with those overdue among them."""
        found = {status.value: 0 for status in Status}
        for one in self.actions:
            found[one.text.status.value] += 1
        return found | {"Overdue": sum(one.is_overdue for one in self.actions)}


def report_figures(
    tables: Sequence[ReleaseTable],
    beside: Mapping[str, Sequence[str]],
    *,
    title: str,
    period: Period,
    published_on: date,
    is_of_period: bool,
    threshold: int,
    base: int,
    question_set: str,
    remarks: Sequence[str],
) -> ReportedFigures:
    """What published tables say; `beside`: sentences on targets and benchmarks by characteristic."""
    written = write_report(tables)
    chapters = [
        ReportedChapter(
            one.table,
            one.declaration,
            tuple(
                (line.step, line.group, line.comparator, line.counts, line.ratio, line.verdict)
                for line in one.lines
            ),
            tuple(beside.get(one.characteristic, ())),
        )
        for one in written.chapters
    ]
    return ReportedFigures(
        title, period, published_on, is_of_period, threshold, base, question_set, tuple(remarks), written.summary,
        tuple(chapters),
    )  # fmt: skip


def arrange(
    actions: Iterable[tuple[str, ActionText]], today: date
) -> tuple[tuple[str, tuple[ReportedAction, ...]], ...]:
    """(plan's title, action) by objective, each with whether it is overdue."""
    pairs = list(actions)
    plans = {id(text): plan for plan, text in pairs}
    return tuple(
        (objective, tuple(ReportedAction(plans[id(one)], one, one.is_overdue(today)) for one in members))
        for objective, members in by_objective(text for _, text in pairs).items()
    )


def keep(report: Report) -> dict[str, Any]:
    """As it is stored; `read_kept` reads it back."""
    return {
        "version": REPORT_VERSION,
        "group": report.group,
        "title": report.title,
        "period": _days(report.period),
        "made_on": report.made_on.isoformat(),
        "has_figures": report.has_figures,
        "figures": _kept_figures(report.figures) if report.figures else None,
        "has_actions": report.has_actions,
        "objectives": [
            {
                "objective": objective,
                "actions": [
                    vars(one.text)
                    | {
                        "due": one.text.due.isoformat(),
                        "status": one.text.status.value,
                        "plan": one.plan,
                        "is_overdue": one.is_overdue,
                    }
                    for one in members
                ],
            }
            for objective, members in report.objectives
        ],
    }


def digest_of(kept: Mapping[str, Any]) -> bytes:
    """SHA-256 of one canonical text of what is kept."""
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).digest()


def _days(period: Period) -> list[str]:
    return [period.first.isoformat(), period.last.isoformat()]


def _period(kept: Sequence[str]) -> Period:
    return Period(date.fromisoformat(kept[0]), date.fromisoformat(kept[1]))


def _kept_figures(figures: ReportedFigures) -> dict[str, Any]:
    return {
        "title": figures.title,
        "period": _days(figures.period),
        "published_on": figures.published_on.isoformat(),
        "is_of_period": figures.is_of_period,
        "threshold": figures.threshold,
        "base": figures.base,
        "question_set": figures.question_set,
        "remarks": list(figures.remarks),
        "summary": list(figures.summary),
        "tables": json.loads(tables_to_json([one.table for one in figures.chapters])),
        "chapters": [
            {
                "declaration": one.declaration,
                "lines": [list(line) for line in one.lines],
                "beside": list(one.beside),
            }
            for one in figures.chapters
        ],
    }


def read_kept(kept: Mapping[str, Any]) -> Report:
    """ValueError for another version."""
    if kept.get("version") != REPORT_VERSION:
        raise ValueError("This report was written in another version.")
    return Report(
        kept["group"],
        kept["title"],
        _period(kept["period"]),
        date.fromisoformat(kept["made_on"]),
        kept["has_figures"],
        _read_figures(kept["figures"]) if kept["figures"] else None,
        kept["has_actions"],
        tuple((one["objective"], tuple(map(_read_action, one["actions"]))) for one in kept["objectives"]),
    )


def _read_figures(kept: Mapping[str, Any]) -> ReportedFigures:
    tables = tables_from_json(json.dumps(kept["tables"]))
    chapters = tuple(
        ReportedChapter(
            table, one["declaration"], tuple(tuple(line) for line in one["lines"]), tuple(one["beside"])
        )
        for table, one in zip(tables, kept["chapters"], strict=True)
    )
    return ReportedFigures(
        kept["title"], _period(kept["period"]), date.fromisoformat(kept["published_on"]), kept["is_of_period"],
        kept["threshold"], kept["base"], kept["question_set"], tuple(kept["remarks"]), tuple(kept["summary"]),
        chapters,
    )  # fmt: skip


def _read_action(kept: Mapping[str, Any]) -> ReportedAction:
    text = ActionText(
        kept["objective"], kept["what"], kept["lead"], date.fromisoformat(kept["due"]), Status(kept["status"]),
        kept["progress"], kept["outcome"], kept["evidence"],
    )  # fmt: skip
    return ReportedAction(kept["plan"], text, kept["is_overdue"])


def report_sheets(report: Report) -> tuple[Sheet, ...]:
    """The report for a spreadsheet program: what it says, a sheet for each table, comparisons, actions."""
    said: list[tuple[Value, ...]] = [(report.title,), (report.group,), _period_row(report.period)]
    sheets: list[Sheet] = []
    figures = report.figures
    if figures is not None:
        said += [(f"{figures.title}, published on {figures.published_on.isoformat()}",)]
        said += [(sentence,) for sentence in (*figures.remarks, *figures.summary)]
        tables = [one.table for one in figures.chapters]
        sheets += tables_to_sheets(tables, base=figures.base)
        sheets.append(_comparisons(figures))
    if report.has_actions:
        said += [(f"{name}: {number}",) for name, number in report.counted().items()]
        sheets.append(_actions(report))
    return (Sheet("What it says", tuple(said)), *sheets)


def _period_row(period: Period) -> tuple[Value, ...]:
    return (f"{period.first.isoformat()} to {period.last.isoformat()}",)


def _comparisons(figures: ReportedFigures) -> Sheet:
    heading: tuple[Value, ...] = (
        "Characteristic", "Step", "Group", "Compared with", "Came through", "Ratio of chances (95 % interval)",
        "What it says",
    )  # fmt: skip
    rows = [(one.table.title, *line) for one in figures.chapters for line in one.lines]
    beside = [(one.table.title, sentence) for one in figures.chapters for sentence in one.beside]
    return Sheet("Comparisons", (heading, *rows, *beside))


def _actions(report: Report) -> Sheet:
    heading: tuple[Value, ...] = (
        "Objective", "Plan", "What", "Lead", "Due", "Status", "Overdue", "Progress", "Anticipated outcome",
        "Evidence",
    )  # fmt: skip
    rows = [
        (
            objective,
            one.plan,
            one.text.what,
            one.text.lead,
            one.text.due.isoformat(),
            one.text.status.value,
            "Overdue" if one.is_overdue else "",
            one.text.progress,
            one.text.outcome,
            one.text.evidence,
        )
        for objective, members in report.objectives
        for one in members
    ]
    return Sheet("Actions", (heading, *rows))


def check_giving(given_on: date | None, made_on: date, today: date, note: str) -> None:
    """`Invalid` for a day before the report was made or one still to come."""
    if given_on is None:
        raise Invalid("Enter the day on which the group had it.", "given_on")
    if given_on < made_on:
        raise Invalid("The report was made after that day.", "given_on")
    if given_on > today:
        raise Invalid("Enter a day that is not in the future.", "given_on")
    if len(note) > LONGEST_NOTE:
        raise Invalid(f"Shorten the note to {LONGEST_NOTE:,} characters or fewer.", "note")
