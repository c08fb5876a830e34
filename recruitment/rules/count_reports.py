"""A file of counts as plain values, fit for JSON: exact for the body's own use, and controlled for anybody."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from recruitment.rules.count_comparisons import Compared
from recruitment.rules.count_files import MISSING_HELP, CountFile, Rows, is_missing
from recruitment.rules.count_releases import CountRelease
from recruitment.rules.disclosure import Mode, percentage
from recruitment.rules.disparity.findings import Finding, report_findings
from recruitment.rules.disparity.four_fifths import four_fifths_sentence
from recruitment.rules.disparity.rates import Interval, Rate, wilson
from recruitment.rules.disparity.ratios import Convention, ScoreInterval, Undefined

RESTRICTED = (
    "Exact figures, for those in the body who may see them. Only what stands under “controlled” is published."
)
AUDIT = "Says what an asterisk stands for: it is never published."
PLACES = 6
MODES = {"round": Mode.ROUND, "suppress": Mode.KEEP_TOTALS}


def _number(value: float | Undefined | None) -> float | None:
    return None if value is None or isinstance(value, Undefined) else round(value, PLACES)


def _interval(interval: Interval | ScoreInterval | Undefined) -> list[float | None] | None:
    if isinstance(interval, Undefined):
        return None
    return [_number(interval.low), _number(interval.high)]


def _rates(stages: Sequence[str], row: Sequence[int]) -> list[dict[str, Any]]:
    """The rate of each step, and from first to last; null where nobody was considered."""
    steps = list(pairwise(range(len(stages))))
    if len(stages) > 2:
        steps.append((0, len(stages) - 1))
    rates = []
    for start, end in steps:
        rate = Rate(row[end], row[start])
        counted = bool(rate.considered)
        rates.append(
            {
                "from": stages[start],
                "to": stages[end],
                "selected": rate.selected,
                "considered": rate.considered,
                "rate": _number(rate.share) if counted else None,
                "interval": _interval(wilson(rate)) if counted else None,
            }
        )
    return rates


def _characteristics(file: CountFile, rows: Rows) -> list[dict[str, Any]]:
    totals = file.totals(rows)
    found = []
    for name, groups in rows.items():
        declared = [
            sum(row[at] for group, row in groups.items() if not is_missing(group)) for at in range(len(totals))
        ]
        found.append(
            {
                "characteristic": name,
                "groups": [
                    {"group": group, "is_missing": True, "counts": list(row)}
                    if is_missing(group)
                    else {
                        "group": group,
                        "is_missing": False,
                        "counts": list(row),
                        "rates": _rates(file.stages, row),
                    }
                    for group, row in groups.items()
                ],
                "declared": declared,
                "declaration_rates": [
                    _number(part / total) if total else None for part, total in zip(declared, totals, strict=True)
                ],
            }
        )
    return found


def _four_fifths(finding: Finding) -> dict[str, Any]:
    """The group's rate over the highest, with its counts; `missing` says why there is no ratio."""
    found, told = finding.four_fifths, four_fifths_sentence(finding.four_fifths, finding.group_label)
    if isinstance(found, Undefined):
        return {"ratio": None, "missing": found.value, "sentence": told}
    return {
        "ratio": _number(found.value),
        "ratio_is": Convention.FOUR_FIFTHS.value,
        "missing": found.value.value if isinstance(found.value, Undefined) else None,
        "selected": found.own.selected,
        "considered": found.own.considered,
        "highest": found.highest_label,
        "highest_selected": found.highest.selected,
        "highest_considered": found.highest.considered,
        "interval": _interval(found.interval),
        "is_below_four_fifths": found.is_flagged,
        "false_alarm_rate": _number(found.false_alarm),
        "sentence": told,
    }


def _finding(finding: Finding, compared: Compared) -> dict[str, Any]:
    ratio = finding.ratio
    undefined = ratio.value if isinstance(ratio.value, Undefined) else None
    return {
        "characteristic": finding.characteristic,
        "grouping": compared.grouping or None,
        "from": finding.step[0],
        "to": finding.step[1],
        "group": finding.group_label,
        "comparator": finding.comparator_label,
        "comparator_is": compared.reason,
        "selected": finding.monitored.selected,
        "considered": finding.monitored.considered,
        "comparator_selected": finding.comparator.selected,
        "comparator_considered": finding.comparator.considered,
        "not_declared_selected": finding.not_declared.selected,
        "not_declared_considered": finding.not_declared.considered,
        "interval": _interval(finding.monitored_interval),
        "comparator_interval": _interval(finding.comparator_interval),
        "difference_interval": _interval(finding.difference),
        "ratio": _number(ratio.value),
        "ratio_is": "rate of the comparator divided by rate of the group",
        "ratio_missing": undefined.value if undefined else None,
        "ratio_interval": _interval(ratio.log_interval),
        "ratio_score_interval": _interval(ratio.score_interval),
        "four_fifths": _four_fifths(finding),
        "expected": _number(finding.expected),
        "shortfall": _number(finding.shortfall),
        "test": finding.test.value if finding.test else None,
        "p": _number(finding.p),
        "adjusted_p": _number(finding.adjusted_p),
        "family": {"name": finding.family.name, "size": finding.family.size} if finding.family else None,
        "verdict": finding.verdict.value,
        "sentence": finding.sentence,
    }


def findings_of(compared: Sequence[Compared]) -> list[dict[str, Any]]:
    """Every comparison, adjusted together."""
    by_name = {each.counts.characteristic: each for each in compared}
    found = report_findings([each.counts for each in compared])
    return [_finding(finding, by_name[finding.characteristic]) for finding in found]


def controlled_of(release: CountRelease) -> dict[str, Any]:
    """What may be published; percentages are of published figures, of those who gave an answer at the stage."""
    names = {mode: name for name, mode in MODES.items()}
    return {
        "mode": names[release.rules.mode],
        "threshold": release.rules.threshold,
        "base": release.rules.base if release.rules.mode is Mode.ROUND else None,
        "explanation": release.explanation,
        "tables": [
            {
                "characteristic": table.title,
                "stages": list(table.stages),
                "rows": [
                    {
                        "answer": row.label,
                        "figures": [
                            figure.text if figure.shown is None else figure.shown for figure in row.figures
                        ],
                        "percentages": None
                        if is_missing(row.label)
                        else [percentage(*each) for each in zip(row.figures, table.declaration, strict=True)],
                    }
                    for row in table.rows
                ],
                "gave_an_answer": [f.text if f.shown is None else f.shown for f in table.declaration],
                "everyone": [f.text if f.shown is None else f.shown for f in table.total],
            }
            for table in release.tables
        ],
    }


def audit_of(release: CountRelease) -> dict[str, Any]:
    """What an attacker can narrow each protected figure to."""
    return {
        "restricted": AUDIT,
        "is_whole": release.is_whole,
        "withheld": release.withheld,
        "protected": [
            {
                "characteristic": cell.characteristic,
                "answer": cell.answer,
                "stage": cell.stage,
                "at_least": cell.low,
                "at_most": cell.high,
            }
            for cell in release.audit
        ],
    }


def report_of(file: CountFile, compared: Sequence[Compared], release: CountRelease) -> dict[str, Any]:
    """The whole report."""
    rows = file.pooled()
    return {
        "restricted": RESTRICTED,
        "missing_answers": MISSING_HELP,
        "stages": list(file.stages),
        "totals": list(file.totals(rows)),
        "characteristics": _characteristics(file, rows),
        "scopes": [
            {
                "organisation": scope.organisation,
                "year": scope.year,
                "campaign": scope.campaign,
                "totals": list(file.totals(held)),
                "counts": {
                    name: {group: list(row) for group, row in groups.items()} for name, groups in held.items()
                },
            }
            for scope, held in file.scopes.items()
        ],
        "findings": findings_of(compared),
        "controlled": controlled_of(release),
        "audit": audit_of(release),
    }
