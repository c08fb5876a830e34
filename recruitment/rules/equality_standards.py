"""The recruitment lines of the Workforce Race and Workforce Disability Equality Standards, as the returns ask.

Sources: WRES indicator 2 (White over BME), WDES metric 2 (not disabled over disabled; the wording of 2020 named
the groups the other way round), from shortlisting to appointment over a year to 31 March. Those who did not say
are in neither group and are shown. "BME" is the word of the return, and of nothing that is published here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from recruitment.rules.disparity.groupings import WDES_DISABILITY, WRES_BME, WRES_BY_GROUP, Grouping, Side
from recruitment.rules.disparity.rates import Interval, Rate
from recruitment.rules.disparity.ratios import Band, Measure, relative_likelihood
from recruitment.rules.funnel import CODES, Counts, Exit, FunnelStage, pool
from recruitment.rules.sheets import Sheet, Value

BY_GROUP = (
    "Some campaigns asked the five ethnic groups and no background: their applicants count by group, also those "
    "who would have kept the background to themselves."
)


def standard_sheets(*counted: Counts) -> tuple[Sheet, Sheet]:
    """The sheets of both standards from exact counts of separate people: never for publication as they are.

    `counted`: campaigns pooled with others that asked the same of ethnicity, backgrounds or the groups alone.
    """
    race = [(each, WRES_BME if "ethnic_background" in each.asked else WRES_BY_GROUP) for each in counted]
    notes = (BY_GROUP,) if any(grouping is WRES_BY_GROUP for _, grouping in race) else ()
    return (
        _sheet("WRES indicator 2", Measure.WRES_2, "White", "BME", race, notes),
        _sheet(
            "WDES metric 2",
            Measure.WDES_2,
            "Not disabled",
            "Disabled",
            [(each, WDES_DISABILITY) for each in counted],
        ),
    )


def split_by_ethnicity(campaigns: Sequence[Counts]) -> tuple[Counts, ...]:
    """Campaigns pooled by what they asked of ethnicity, for `standard_sheets`."""
    parts = [
        [each for each in campaigns if ("ethnic_background" in each.asked) is has_background]
        for has_background in (True, False)
    ]
    return tuple(pool(part) for part in parts if part)


def _reached(counts: Counts, characteristic: str, codes: Iterable[str]) -> tuple[int, int]:
    """Shortlisted and appointed; who was offered the post and turned it down is in neither, as the standard has
    it."""
    held = list(codes)
    shortlisted = sum(counts.count(characteristic, code, FunnelStage.SHORTLISTED) for code in held)
    declined = sum(counts.left(Exit.DECLINED, characteristic, code) for code in held)
    appointed = sum(counts.count(characteristic, code, FunnelStage.APPOINTED) for code in held)
    return shortlisted - declined, appointed


def _sheet(
    title: str,
    measure: Measure,
    comparator: str,
    monitored: str,
    parts: Sequence[tuple[Counts, Grouping]],
    notes: Sequence[str] = (),
) -> Sheet:
    reached = {side: _of_side(parts, side) for side in Side}
    rates = {side: Rate(appointed, shortlisted) for side, (shortlisted, appointed) in reached.items()}
    found = relative_likelihood(measure, rates[Side.COMPARATOR], rates[Side.MONITORED])
    rows: list[tuple[Value, ...]] = [
        ("Group", "Shortlisted", "Appointed", "Likelihood of appointment from shortlisting"),
        (comparator, *reached[Side.COMPARATOR], _share(rates[Side.COMPARATOR])),
        (monitored, *reached[Side.MONITORED], _share(rates[Side.MONITORED])),
        ("Did not say, or were not asked", *reached[Side.EXCLUDED], "in neither group"),
        ("Offered and turned down: not counted", sum(each.left(Exit.DECLINED) for each, _ in parts), "", ""),
        ("Relative likelihood", found.shown, "", found.direction),
        ("95 % interval", _limits(found.log_interval), "", "Katz's log interval"),
        ("Range 0.80 to 1.25", found.band.value if isinstance(found.band, Band) else found.shown, "", found.note),
        ("Grouping", parts[0][1].name, "", ""),
        *((("Wording", wording, "", "")) for wording in found.wordings),
        *((("Note", note, "", "")) for note in notes),
    ]
    return Sheet(title, tuple(rows))


def _of_side(parts: Sequence[tuple[Counts, Grouping]], side: Side) -> tuple[int, int]:
    shortlisted = appointed = 0
    for counts, grouping in parts:
        codes = [code for code in CODES[grouping.characteristic] if _side(grouping, code) is side]
        own = _reached(counts, grouping.characteristic, codes)
        shortlisted, appointed = shortlisted + own[0], appointed + own[1]
    return shortlisted, appointed


def _side(grouping: Grouping, code: str) -> Side:
    return grouping.sides.get(code, Side.EXCLUDED)


def _share(rate: Rate) -> str:
    return f"{rate.share:.4f}" if rate.considered else "not calculable: nobody was shortlisted"


def _limits(interval: object) -> str:
    return f"{interval.low:.2f} to {interval.high:.2f}" if isinstance(interval, Interval) else "not calculable"
