"""The year's view of panels, for recruiters and equality leads."""

from __future__ import annotations

from flask import render_template

from recruitment.services.panel_years import FEWEST_PANELS, read_panel_year
from recruitment.web.access import Audience, allow, reading
from recruitment.web.pool import pool
from recruitment.web.site import acting, staff_desk


@pool.get("/year")
@allow(Audience.STAFF)
def year() -> str:
    return render_template(
        "pool/year.html",
        year=read_panel_year(reading(), actor=acting(), desk=staff_desk()),
        fewest=FEWEST_PANELS,
    )
