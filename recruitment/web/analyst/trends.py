"""The same figures over the years: ratios first, then shares by characteristic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, render_template, request

from recruitment.rules.sheets import Sheet, Value
from recruitment.rules.trend_pictures import ratio_plot, share_plot
from recruitment.rules.trends import Yearly, ratio_series, share_tables
from recruitment.services.trends import read_years
from recruitment.web.access import Audience, allow, reading
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import sheets_file
from recruitment.web.site import acting


@analyst.get("/trend")
@allow(Audience.STAFF)
def trend() -> str:
    years = read_years(reading(), actor=acting())
    return render_template("analyst/trends/trend.html", **shown_trend(years))


@analyst.get("/trend.ods")
@allow(Audience.STAFF)
def trend_sheets() -> Response:
    return sheets_file(trend_tables(read_years(reading(), actor=acting())), "ods", "trend")


def shown_trend(years: Sequence[Yearly]) -> dict[str, Any]:
    """What the page of a trend needs: ratios, or with `?of=` the shares of one characteristic."""
    titles = {table.characteristic: table.title for year in years for table in year.tables}
    of = request.args.get("of", "")
    chosen = of if of in titles else ""
    return {
        "years": years,
        "titles": titles,
        "of": chosen,
        "ratios": [(one, ratio_plot(one)) for one in ratio_series(years)] if not chosen else [],
        "shares": [(one, share_plot(one)) for one in share_tables(years, chosen)] if chosen else [],
    }


def trend_tables(years: Sequence[Yearly]) -> list[Sheet]:
    """Everything of a trend as sheets: the ratios, and the shares of each characteristic."""
    heading: tuple[Value, ...] = (
        "Group", "Compared with", "Step", "Year", "Group came through", "Compared came through",
        "Ratio (95 % interval)", "Break before this year",
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [heading]
    for one in ratio_series(years):
        breaks = {each.before_index: " ".join(each.reasons) for each in one.breaks}
        for at, point in enumerate(one.points):
            counts = [
                "not published" if each is None else f"{each[0]} of {each[1]}"
                for each in (point.group, point.comparator)
            ]
            step = f"{one.step[0]} to {one.step[1]}"
            rows.append((one.group, one.comparator, step, point.label, *counts, point.text, breaks.get(at, "")))
    sheets = [Sheet("Ratios", tuple(rows))]
    titles = {table.characteristic: table.title for year in years for table in year.tables}
    return [*sheets, *(_shares(years, key, title) for key, title in titles.items())]


def _shares(years: Sequence[Yearly], characteristic: str, title: str) -> Sheet:
    rows: list[tuple[Value, ...]] = [("Stage", "Answer", *(year.label for year in years))]
    tables = share_tables(years, characteristic)
    for table in tables:
        for row in table.rows:
            shares = ("not published" if share is None else f"{share} %" for share in row.shares)
            rows.append((table.stage.capitalize(), row.label, *shares))
    breaks = tables[0].breaks if tables else ()
    rows += [(f"Break before {years[one.before_index].label}", *one.reasons) for one in breaks]
    return Sheet(title, tuple(rows))
