"""What one comparison of two groups at one step of a campaign shows, in figures and one honest sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from recruitment.rules.disparity.families import Family, benjamini_hochberg, beyond_chance
from recruitment.rules.disparity.four_fifths import FourFifths, four_fifths
from recruitment.rules.disparity.rates import Interval, Rate, newcombe, wilson
from recruitment.rules.disparity.ratios import ScoreInterval, Undefined, katz, risk_ratio, score_interval
from recruitment.rules.disparity.tests_of_difference import (
    Test,
    Tested,
    expected_selections,
    shortfall,
    tested,
    too_few,
)


class Verdict(Enum):
    NO_DIFFERENCE_SEEN = "no difference seen"
    LESS_LIKELY = "less likely"
    MORE_LIKELY = "more likely"
    TOO_FEW = "too few to say"
    NOT_CALCULABLE = "not calculable"


@dataclass(frozen=True)
class Ratio:
    """Comparator over monitored, never without its intervals; the counts stand in the finding."""

    value: float | Undefined
    log_interval: Interval | Undefined
    score_interval: ScoreInterval | Undefined


@dataclass(frozen=True)
class Finding:
    """`monitored` against `comparator` from one stage to another; rates and Wilson intervals 0 to 1.

    Where nobody was considered in a group, what needs them is `Undefined`. `test`, `p`, `adjusted_p` and
    `family` are None where the verdict is TOO_FEW or NOT_CALCULABLE: no test was made.
    """

    characteristic: str
    step: tuple[str, str]
    group: str
    group_label: str
    comparator_label: str
    monitored: Rate
    comparator: Rate
    not_declared: Rate
    monitored_interval: Interval | Undefined
    comparator_interval: Interval | Undefined
    difference: Interval | Undefined
    ratio: Ratio
    four_fifths: FourFifths | Undefined
    expected: float | Undefined
    shortfall: float | Undefined
    verdict: Verdict
    sentence: str
    test: Test | None = None
    p: float | None = None
    adjusted_p: float | None = None
    family: Family | None = None


@dataclass(frozen=True)
class StageCounts:
    """People of each group code at each stage in order; `missing` codes are outside every comparison.

    `composite` codes are made of others and so never the highest rate of the four-fifths rule.
    """

    characteristic: str
    stages: tuple[str, ...]
    counts: Mapping[str, tuple[int, ...]]
    labels: Mapping[str, str]
    comparator: str
    missing: frozenset[str] = frozenset()
    composite: frozenset[str] = frozenset()

    def rates(self, start: int, end: int) -> dict[str, Rate]:
        """The rate of every group that is compared, from one stage to another."""
        return {code: Rate(row[end], row[start]) for code, row in self.counts.items() if code not in self.missing}


def _verdict(first: Rate, second: Rate, adjusted: float) -> Verdict:
    if not beyond_chance(adjusted) or first.share == second.share:
        return Verdict.NO_DIFFERENCE_SEEN
    return Verdict.LESS_LIKELY if second.share < first.share else Verdict.MORE_LIKELY


def _sentence(finding: Finding) -> str:
    m, c = finding.monitored, finding.comparator
    step = f"from {finding.step[0]} to {finding.step[1]}"
    group, other = finding.group_label, finding.comparator_label
    held = f"{group}: {m.selected} of {m.considered}; {other}: {c.selected} of {c.considered}"
    if finding.verdict is Verdict.NOT_CALCULABLE:
        return f"{group} and {other}, {step}: not calculable ({held})."
    if finding.verdict is Verdict.TOO_FEW:
        return f"{group} and {other}, {step}: too few to say ({held})."
    if finding.verdict is Verdict.NO_DIFFERENCE_SEEN:
        return f"{group} and {other}, {step}: the figures do not tell the two apart ({held})."
    return (
        f"{group}, compared with {other}: {finding.verdict.value} to go {step}, by more than chance would explain"
        f" ({m.selected} of {m.considered}, against {c.selected} of {c.considered})."
    )


def compare(counts: StageCounts, group: str, start: int, end: int) -> Finding:
    """One comparison, not yet judged within its family: TOO_FEW, NOT_CALCULABLE, or a p with no adjustment."""
    rates = counts.rates(start, end)
    first, second = rates[counts.comparator], rates[group]
    silent = [numbers for code, numbers in counts.counts.items() if code in counts.missing]
    nobody = Undefined.NOBODY_CONSIDERED
    both = bool(first.considered and second.considered)
    outcome = tested(first, second)
    verdict = Verdict.NO_DIFFERENCE_SEEN
    if not both:
        verdict = Verdict.NOT_CALCULABLE
    elif too_few(first, second):
        verdict = Verdict.TOO_FEW
    made = outcome if isinstance(outcome, Tested) and verdict is Verdict.NO_DIFFERENCE_SEEN else None
    finding = Finding(
        characteristic=counts.characteristic,
        step=(counts.stages[start], counts.stages[end]),
        group=group,
        group_label=counts.labels[group],
        comparator_label=counts.labels[counts.comparator],
        monitored=second,
        comparator=first,
        not_declared=Rate(sum(n[end] for n in silent), sum(n[start] for n in silent)),
        monitored_interval=wilson(second) if second.considered else nobody,
        comparator_interval=wilson(first) if first.considered else nobody,
        difference=newcombe(first, second) if both else nobody,
        ratio=Ratio(risk_ratio(first, second), katz(first, second), score_interval(first, second)),
        four_fifths=four_fifths(rates, group, counts.labels, counts.composite),
        expected=expected_selections(first, second) if both else nobody,
        shortfall=shortfall(first, second) if both else nobody,
        verdict=verdict,
        sentence="",
        test=made.test if made else None,
        p=made.p if made else None,
    )
    return replace(finding, sentence=_sentence(finding))


def _judged(findings: Sequence[Finding], name: str) -> list[Finding]:
    p_values = [finding.p for finding in findings if finding.p is not None]
    family, adjusted = Family(name, len(p_values)), iter(benjamini_hochberg(p_values))
    judged = []
    for finding in findings:
        if finding.p is not None:
            p = next(adjusted)
            verdict = _verdict(finding.comparator, finding.monitored, p)
            finding = replace(finding, adjusted_p=p, family=family, verdict=verdict)
            finding = replace(finding, sentence=_sentence(finding))
        judged.append(finding)
    return judged


def report_findings(report: Sequence[StageCounts]) -> tuple[Finding, ...]:
    """Every group against its comparator for each step and from first to last stage.

    One family per step holds the tested comparisons of all characteristics in the report. Raises ValueError
    for stages that differ between characteristics or counts that grow from one stage to the next.
    """
    if not report:
        return ()
    stages = report[0].stages
    if len(stages) < 2 or any(counts.stages != stages for counts in report):
        raise ValueError("A report needs at least two stages, the same for every characteristic.")
    if any(len(row) != len(stages) for counts in report for row in counts.counts.values()):
        raise ValueError("Every group needs one count for each stage.")
    steps = list(pairwise(range(len(stages))))
    if len(stages) > 2:
        steps.append((0, len(stages) - 1))
    found: list[Finding] = []
    for start, end in steps:
        made = [
            compare(counts, group, start, end)
            for counts in report
            for group in counts.counts
            if group != counts.comparator and group not in counts.missing
        ]
        found += _judged(made, f"all group comparisons in this report, {stages[start]} to {stages[end]}")
    return tuple(found)


def findings(counts: StageCounts) -> tuple[Finding, ...]:
    """`report_findings` where the report holds one characteristic only."""
    return report_findings((counts,))
