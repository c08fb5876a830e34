"""Waivers that wait for somebody outside their campaign."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.errors import NotFound
from recruitment.services.waivers import LONGEST, decide_waiver, list_waiting_waivers
from recruitment.web.access import Audience, allow, reading
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.pool import pool
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class DecideForm(PageForm):
    decision = radios(
        "Do you approve it?",
        [Option("yes", "Yes"), Option("no", "No")],
        required="Select yes or no",
        is_inline=True,
    )
    reason = long_text("Your reason", required="Give your reason", max_length=LONGEST, rows=3)


@pool.get("/waivers")
@allow(Audience.STAFF)
def waivers() -> str:
    return render_template("pool/waivers.html", waiting=list_waiting_waivers(reading(), actor=acting()))


@pool.route("/waivers/<uuid:waiver_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def waiver(waiver_id: UUID) -> Any:
    waiting = list_waiting_waivers(reading(), actor=acting())
    asked = next((each for each in waiting if each.id == waiver_id), None)
    if asked is None:
        raise NotFound
    form: Any = DecideForm()

    def keep(session: Any) -> None:
        decide_waiver(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=asked.campaign_id,
            waiver_id=waiver_id,
            is_approved=form.decision.data == "yes",
            reason=form.reason.data or "",
        )

    if is_saved(form, keep):
        return saved("Your decision is recorded.", "pool.waivers")
    return shown("pool/waiver.html", form, asked=asked)
