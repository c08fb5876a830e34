"""What a release says in words, and what its pictures show: worked out from its published figures alone.

Nothing here reads an exact count, so nothing can be given away that the tables do not give away already; whoever
has the tables can work it all out again. The price is that a test reads figures rounded to the nearest 5.
Source: NHS Workforce Race and Disability Equality Standards (which steps matter), widened to the sift.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recruitment.rules.disclosure import LOWEST_DENOMINATOR, ReleaseRow, ReleaseTable, is_ratio_told, percentage
from recruitment.rules.disclosure.figures import CROSSED
from recruitment.rules.disparity.findings import Finding, StageCounts, Verdict, report_findings
from recruitment.rules.disparity.four_fifths import FourFifths, chance_words
from recruitment.rules.disparity.groupings import GOVUK_ETHNIC_MINORITIES, WRES_BME
from recruitment.rules.disparity.ratios import ScoreInterval, Undefined
from recruitment.rules.equality_questions import MISSING
from recruitment.rules.pictures import BarGroup, Interval, LogAxis, interval_plot, share_bars

LEAST_EXPECTED = 15
"""With so many expected, fewer than the 8 that a figure needs come through in 2 cases of 100 by chance."""
_MISSING = frozenset(code for code, _ in MISSING)
COMPARATORS: Mapping[str, str] = {
    "disability": "not_disabled",
    "ethnic_group": "white",
    "ethnic_background": "white_british",
    "sex": "male",
    "sexual_orientation": "heterosexual",
    "gender_identity": "same",
}
"""With whom a group is compared; of other characteristics, with the largest group that is published."""
COMBINED = "all others"
_COMBINED_LABELS = {
    "ethnic_group": f"All other ethnic groups combined (grouping {WRES_BME.name})",
    "ethnic_background": f"Ethnic minorities, White minorities included (grouping {GOVUK_ETHNIC_MINORITIES.name})",
}
FIRST_SIFT_STEP = ("first sift", "sifted")
"""Compared as well where a first sift was held: so far a lead criterion alone decided."""
STEPS = (("submitted", "shortlisted"), ("shortlisted", "appointed"), ("submitted", "appointed"))


@dataclass(frozen=True)
class RatioLine:
    """One comparison as a table shows it; `ratio` is a sentence where there is none."""

    step: str
    group: str
    comparator: str
    counts: str
    ratio: str
    four_fifths: str
    adjusted_p: str
    verdict: str


@dataclass(frozen=True)
class Chapter:
    """One characteristic: its table, sentences, lines and pictures; `declaration` goes with every figure."""

    characteristic: str
    title: str
    table: ReleaseTable
    declaration: str
    sentences: tuple[str, ...]
    lines: tuple[RatioLine, ...]
    shares: tuple[BarGroup, ...]
    axes: tuple[tuple[str, LogAxis], ...]


@dataclass(frozen=True)
class Report:
    """`summary`: what a board member reads first; `family`: how many comparisons were judged together."""

    summary: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    family: int


def steps_of(stages: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The steps that are compared: those of the standards, or of other stages each and the whole way."""
    if {stage for step in STEPS for stage in step} <= set(stages):
        return (FIRST_SIFT_STEP, *STEPS) if set(FIRST_SIFT_STEP) <= set(stages) else STEPS
    whole = [(stages[0], stages[-1])] if len(stages) > 2 else []
    return (*pairwise(stages), *whole)


def write_report(tables: Sequence[ReleaseTable], *, missing: frozenset[str] = _MISSING) -> Report:
    """The report of one release. Comparisons of one step are judged together over all characteristics.

    `missing`: the codes of rows that are no answer.
    """
    found: dict[str, list[Finding]] = {table.characteristic: [] for table in tables}
    family = 0
    for step in steps_of(tables[0].stages) if tables else ():
        asked = [counts for table in tables if (counts := _counts(table, step, missing)) is not None]
        made = report_findings(asked)
        family += sum(one.p is not None for one in made)
        for one in made:
            found[one.characteristic].append(one)
    chapters = tuple(_chapter(table, found[table.characteristic], missing) for table in tables)
    return Report(_summary(tables, found, family), chapters, family)


def _counts(table: ReleaseTable, step: tuple[str, str], missing: frozenset[str]) -> StageCounts | None:
    """The groups of which both ends of a step are published; None without a comparator and another."""
    if not set(step) <= set(table.stages):
        return None
    places = [table.stages.index(stage) for stage in step]
    counts: dict[str, tuple[int, ...]] = {}
    for row in table.rows:
        shown = [row.figures[place].shown for place in places]
        if row.code not in missing and None not in shown:
            counts[row.code] = tuple(number or 0 for number in shown)
    combined = _combined(table, counts, places)
    counts |= {COMBINED: combined} if combined else {}
    counts = {code: numbers for code, numbers in counts.items() if _is_expected(table, numbers[0], places)}
    comparator = _comparator(table, missing)
    if comparator not in counts or len(counts) < 2:
        return None  # too few of any other group are expected
    labels = {row.code: row.label for row in table.rows}
    labels[COMBINED] = _COMBINED_LABELS.get(table.characteristic, "")
    return StageCounts(
        table.characteristic, step, counts, labels, comparator, composite=frozenset({COMBINED} & counts.keys())
    )


def _combined(
    table: ReleaseTable, counts: Mapping[str, tuple[int, ...]], places: Sequence[int]
) -> tuple[int, ...] | None:
    """Everybody who answered but for the comparator, from two published figures: off by up to 4 by rounding."""
    own = counts.get(COMPARATORS.get(table.characteristic, ""))
    declared = [table.declaration[place].shown for place in places]
    if table.characteristic not in _COMBINED_LABELS or own is None or None in declared:
        return None
    rest = tuple((number or 0) - part for number, part in zip(declared, own, strict=True))
    return rest if all(number >= LEAST_EXPECTED // 2 for number in rest) and rest[0] >= rest[1] else None


def _is_expected(table: ReleaseTable, considered: int, places: Sequence[int]) -> bool:
    """Whether so many are expected to come through that their figure would hardly ever be withheld.

    Groups are chosen by what goes in, never by what came out: of small groups only the lucky ones reach a figure
    that is published, and compared by it they would all seem favoured.
    """
    before, after = (table.declaration[place].shown for place in places)
    return bool(before) and after is not None and considered * after >= LEAST_EXPECTED * (before or 0)


def _comparator(table: ReleaseTable, missing: frozenset[str]) -> str:
    """Of two characteristics together, those who are the comparators of both."""
    own = [COMPARATORS.get(one, "") for one in table.characteristic.split(CROSSED)]
    return CROSSED.join(own) if all(own) else _largest(table, missing)


def _largest(table: ReleaseTable, missing: frozenset[str]) -> str:
    """The answer that most applicants gave, by the published figures; empty where none is published."""
    spoken = [row for row in table.rows if row.code not in missing and row.figures[0].shown]
    return max(spoken, key=lambda row: row.figures[0].shown or 0).code if spoken else ""


def _chapter(table: ReleaseTable, found: Sequence[Finding], missing: frozenset[str]) -> Chapter:
    told = [one for one in found if one.verdict is not Verdict.NOT_CALCULABLE]
    axes = []
    for step in steps_of(table.stages):
        drawn = [interval for one in told if one.step == step and (interval := _interval(one)) is not None]
        if drawn:
            axes.append((_step(step), interval_plot(drawn)))
    return Chapter(
        table.characteristic,
        table.title,
        table,
        declaration_sentence(table),
        tuple(one.sentence for one in told if one.verdict in (Verdict.LESS_LIKELY, Verdict.MORE_LIKELY)),
        tuple(_line(one) for one in told),
        tuple(group for row in table.rows if (group := _shares(row, table, missing)) is not None),
        tuple(axes),
    )


def declaration_sentence(table: ReleaseTable) -> str:
    """How many answered the question, which stands beside every figure."""
    share = percentage(table.declaration[0], table.asked[0])
    if share is None:
        return "How many answered this question is not published."
    asked = "both questions" if table.is_crossing else "this question"
    if not table.is_all_asked:
        return (
            f"{share} % of the applicants who were asked {asked} answered. Some campaigns did not ask; nobody "
            "else counts in a share or a comparison."
        )
    return f"{share} % of applicants answered {asked}. Nobody else counts in a share or a comparison."


def _shares(row: ReleaseRow, table: ReleaseTable, missing: frozenset[str]) -> BarGroup | None:
    """A group's share of those who answered, at each stage; None for silence and where none is published."""
    if row.code in missing:
        return None
    shares: list[tuple[str, int | None]] = [
        (stage.capitalize(), percentage(part, whole))
        for stage, part, whole in zip(table.stages, row.figures, table.declaration, strict=True)
    ]
    if all(share is None for _, share in shares):
        return None
    return share_bars(row.label, shares)


def _interval(one: Finding) -> Interval | None:
    value, limits = one.ratio.value, one.ratio.score_interval
    m, c = one.monitored, one.comparator
    is_told = is_ratio_told((m.selected, c.selected), (m.considered, c.considered))
    if not is_told or not isinstance(value, float) or not isinstance(limits, ScoreInterval):
        return None
    if not isinstance(limits.high, float) or limits.low <= 0:
        return None
    # A person reads "half as likely" of the group; the standards divide the other way, which the lines say.
    return Interval(one.group_label, 1 / value, 1 / limits.high, 1 / limits.low)


def _line(one: Finding) -> RatioLine:
    interval = _interval(one)
    ratio = "too few to publish a ratio"
    if interval is not None:
        ratio = f"{interval.ratio:.2f} ({interval.low:.2f} to {interval.high:.2f})"
    m, c = one.monitored, one.comparator
    return RatioLine(
        _step(one.step),
        one.group_label,
        one.comparator_label,
        f"{m.selected} of {m.considered}; {c.selected} of {c.considered}",
        ratio,
        _four_fifths(one.four_fifths),
        "" if one.adjusted_p is None else ("below 0.001" if one.adjusted_p < 0.001 else f"{one.adjusted_p:.3f}"),
        one.verdict.value,
    )


def _four_fifths(found: FourFifths | Undefined) -> str:
    """The group's part of the highest published rate; the group's own counts stand in the line already."""
    if isinstance(found, Undefined):
        return "no group is large enough"
    if found.is_highest:
        return "the highest rate"
    own, top, value, limits = found.own, found.highest, found.value, found.interval
    is_told = is_ratio_told((own.selected, top.selected), (own.considered, top.considered))
    if not is_told or not isinstance(value, float) or not isinstance(limits, ScoreInterval):
        return "too few to publish a ratio"
    high = "no limit" if isinstance(limits.high, Undefined) else f"{limits.high:.2f}"
    held = f"of {found.highest_label} ({top.selected} of {top.considered})"
    flag = f". Below 0.80: {chance_words(found.false_alarm or 0.0).rstrip('.')}" if found.is_flagged else ""
    return f"{value:.2f} ({limits.low:.2f} to {high}) {held}{flag}"


def _step(step: tuple[str, str]) -> str:
    return f"{step[0].capitalize()} to {step[1]}"


def _summary(
    tables: Sequence[ReleaseTable], found: Mapping[str, Sequence[Finding]], family: int
) -> tuple[str, ...]:
    everyone = next((table.total for table in tables), ())
    sentences = []
    if everyone and everyone[0].shown is not None:
        last = everyone[-1]
        appointed = "" if last.shown is None else f", and about {last.shown} were appointed"
        sentences.append(f"About {everyone[0].shown} people applied{appointed}.")
    every = [one for each in found.values() for one in each]
    told = [one for one in every if one.verdict in (Verdict.LESS_LIKELY, Verdict.MORE_LIKELY)]
    sentences += [one.sentence for one in told]
    if not told:
        sentences.append(
            "No group's chances can be told apart from another's by these figures."
            if family
            else "The figures that can be published are too few to compare any groups."
        )
    sentences.append(
        "Groups that are not compared have too few people, or figures that are not published: that is an ordinary "
        "result, and no sign that all is well."
    )
    return tuple(sentences)


METHODS = (
    "Everything here is worked out from the published figures, which are rounded; shares are of those who "
    f"answered, and none is told of fewer than {LOWEST_DENOMINATOR} people.",
    "A ratio is the group's chance divided by that of the group it is compared with: 0.50 means half as likely, "
    "1 means no difference. The interval is Miettinen and Nurminen's score interval at 95 %. The equality "
    "standards of the NHS divide the other way round. The shaded band, 0.80 to 1.25, is a "
    "rule of thumb and no law of ours.",
    "The four-fifths rule (United States, 29 CFR 1607.4) sets each group's rate beside the highest rate of a "
    "published group of at least 10 people. Below 0.80 is a reason to look, and no finding: beside it stands how "
    "often, at least, groups of the same sizes with equal chances would be below it.",
    "Each step is tested with the pooled z test where at least five selections are expected in every cell, "
    "otherwise with Boschloo's or Fisher's exact test. “More than chance would explain” means below 0.05 after "
    "Benjamini and Hochberg's adjustment over all comparisons of that step in this report.",
    f"A group is compared where at least {LEAST_EXPECTED} of it are expected to come through, whatever did come. "
    "Groups chosen by what came through would be the lucky ones.",
)
