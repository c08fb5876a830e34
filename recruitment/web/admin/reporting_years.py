"""When the body's reporting year ends."""

from __future__ import annotations

from typing import Any

from recruitment.rules.permissions import Role
from recruitment.rules.publications import MARCH, YEAR_ENDS
from recruitment.services.reporting_years import read_year_end, set_year_end
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, radios
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_HINTS = {MARCH: "Asked for by the NHS equality standards (WRES and WDES)"}


class YearEndForm(PageForm):
    month = radios(
        "On which day does the year end?",
        [
            Option(str(month), day[0].upper() + day[1:], hint=_HINTS.get(month, ""))
            for month, day in YEAR_ENDS.items()
        ],
        required="Select the last day of the year",
    )


@admin.route("/reporting-year", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def reporting_year() -> Any:
    form = YearEndForm(month=str(read_year_end(reading(), acting().organisation_id)))

    def keep(session: Any) -> None:
        set_year_end(session, actor=acting(), desk=staff_desk(), month=int(form.month.data or 0))

    if is_saved(form, keep):
        return saved("The end of the reporting year is saved.", "admin.reporting_year")
    return shown("admin/reporting_years/year.html", form)
