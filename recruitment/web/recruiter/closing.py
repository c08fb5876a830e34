"""Closing a campaign in which nobody is left to appoint."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.errors import TooSoon
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.closings import close_without_appointment, why_not_closable
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_PAGE = "recruiter/campaigns/close.html"


class ClosingForm(PageForm):
    reason = long_text(
        "Why does the campaign close without an appointment?",
        hint="It goes on the record, where the auditor reads it",
        required="Say why the campaign closes without an appointment",
        max_length=1_000,
        rows=4,
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/close", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def close(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    form = ClosingForm()

    def close_now(session: Any) -> None:
        close_without_appointment(
            session, actor=actor, desk=staff_desk(), campaign_id=campaign_id, reason=form.reason.data
        )

    try:
        why_not = why_not_closable(session, actor=actor, desk=staff_desk(), campaign_id=campaign_id)
        if not why_not and is_saved(form, close_now):
            sentence = "The campaign is closed without an appointment."
            return saved(sentence, "recruiter.campaign", campaign_id=campaign_id)
    except TooSoon as refusal:
        why_not = refusal.sentence
    if why_not:
        posted = request.method == "POST"
        page = render_template(
            _PAGE, facts=facts, form=None, why_not=why_not, typed=form.reason.data if posted else ""
        )
        return page, TooSoon.status if posted else 200
    return shown(_PAGE, form, facts=facts)
