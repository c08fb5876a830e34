"""The recruitment lines of the Workforce Race and Workforce Disability Equality Standards, as the returns ask.

Sources: WRES indicator 2 (White over BME), WDES metric 2 (not disabled over disabled; the wording of 2020 named
the groups the other way round), from shortlisting to appointment over a year to 31 March. Those who did not say
are in neither group and are shown. "BME" is the word of the return, and of nothing that is published here.
"""

from __future__ import annotations

from collections.abc import Iterable

from recruitment.rules.disparity.groupings import WDES_DISABILITY, WRES_BME, Grouping, Side
from recruitment.rules.disparity.rates import Interval, Rate
from recruitment.rules.disparity.ratios import Band, Measure, relative_likelihood
from recruitment.rules.funnel import CODES, Counts, Exit, FunnelStage
from recruitment.rules.sheets import Sheet, Value


def standard_sheets(counts: Counts) -> tuple[Sheet, Sheet]:
    """The sheets of both standards from exact counts: never for publication as they are."""
    return (
        _sheet("WRES indicator 2", Measure.WRES_2, WRES_BME, "White", "BME", counts),
        _sheet("WDES metric 2", Measure.WDES_2, WDES_DISABILITY, "Not disabled", "Disabled", counts),
    )


def _reached(counts: Counts, characteristic: str, codes: Iterable[str]) -> tuple[int, int]:
    """Shortlisted and appointed; who was offered the post and turned it down is in neither, as the standard has
    it."""
    held = list(codes)
    shortlisted = sum(counts.count(characteristic, code, FunnelStage.SHORTLISTED) for code in held)
    declined = sum(counts.left(Exit.DECLINED, characteristic, code) for code in held)
    appointed = sum(counts.count(characteristic, code, FunnelStage.APPOINTED) for code in held)
    return shortlisted - declined, appointed


def _sheet(
    title: str, measure: Measure, grouping: Grouping, comparator: str, monitored: str, counts: Counts
) -> Sheet:
    sides = {
        side: [code for code in CODES[grouping.characteristic] if _side(grouping, code) is side] for side in Side
    }
    reached = {side: _reached(counts, grouping.characteristic, codes) for side, codes in sides.items()}
    rates = {side: Rate(appointed, shortlisted) for side, (shortlisted, appointed) in reached.items()}
    found = relative_likelihood(measure, rates[Side.COMPARATOR], rates[Side.MONITORED])
    rows: list[tuple[Value, ...]] = [
        ("Group", "Shortlisted", "Appointed", "Likelihood of appointment from shortlisting"),
        (comparator, *reached[Side.COMPARATOR], _share(rates[Side.COMPARATOR])),
        (monitored, *reached[Side.MONITORED], _share(rates[Side.MONITORED])),
        ("Did not say, or were not asked", *reached[Side.EXCLUDED], "in neither group"),
        ("Offered and turned down: not counted", counts.left(Exit.DECLINED), "", ""),
        ("Relative likelihood", found.shown, "", found.direction),
        ("95 % interval", _limits(found.log_interval), "", "Katz's log interval"),
        ("Range 0.80 to 1.25", found.band.value if isinstance(found.band, Band) else found.shown, "", found.note),
        ("Grouping", grouping.name, "", ""),
        *((("Wording", wording, "", "")) for wording in found.wordings),
    ]
    return Sheet(title, tuple(rows))


def _side(grouping: Grouping, code: str) -> Side:
    return grouping.sides.get(code, Side.EXCLUDED)


def _share(rate: Rate) -> str:
    return f"{rate.share:.4f}" if rate.considered else "not calculable: nobody was shortlisted"


def _limits(interval: object) -> str:
    return f"{interval.low:.2f} to {interval.high:.2f}" if isinstance(interval, Interval) else "not calculable"
