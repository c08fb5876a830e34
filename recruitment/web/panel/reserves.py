"""The second person's agreement to appointing a reserve."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import Stale
from recruitment.rules.permissions import Permission
from recruitment.services.reserves import agree_reserve, read_reserves
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import PageForm, hidden
from recruitment.web.panel import panel
from recruitment.web.site import acting, staff_desk


class AgreeToReserveForm(PageForm):
    application = hidden(max_length=32)


@panel.route("/campaigns/<uuid:campaign_id>/interviews/reserve", methods=["GET", "POST"])
@allow(Permission.AGREE_REVEAL)
def reserve(campaign_id: UUID) -> Any:
    """The form carries whom the reader saw: another who was asked for meanwhile is not agreed to."""
    found = read_reserves(reading(), actor=acting(), campaign_id=campaign_id)
    form = AgreeToReserveForm(application=found.waiting.application_id.hex if found.waiting else "")
    problem = ""
    if form.validate_on_submit():
        try:
            with writing() as session:
                agree_reserve(
                    session,
                    actor=acting(),
                    desk=staff_desk(),
                    campaign_id=campaign_id,
                    application_id=_key(form.application.data),
                )
            return redirect(url_for("panel.reserve", campaign_id=campaign_id), 303)
        except Stale as refusal:
            problem = refusal.sentence
            form.application.data = found.waiting.application_id.hex if found.waiting else ""
    page = render_template(
        "panel/reserves/reserve.html", campaign_id=campaign_id, found=found, form=form, problem=problem
    )
    return page, 409 if problem else 200


def _key(text: str | None) -> UUID:
    try:
        return UUID(hex=text or "")
    except ValueError:
        return UUID(int=0)
