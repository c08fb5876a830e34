"""The limit on interviews under the Disability Confident scheme, laid down before the first score."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import is_scored, read_facts
from recruitment.services.campaigns import record_volume_rule
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, long_text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class VolumeRuleForm(PageForm):
    cap = whole_number(
        "The most interviews the scheme adds below the line",
        required="Enter the most interviews the scheme adds",
        minimum=1,
        maximum=10_000,
        noun="The number of interviews",
        width=4,
    )
    reason = long_text(
        "Why can not everybody who meets the minimum be interviewed?",
        hint="It goes on the record, where the auditor reads it",
        required="Say why not everybody who meets the minimum can be interviewed",
        max_length=1_000,
        rows=4,
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/volume-rule", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def volume_rule(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    too_late = is_scored(reading(), actor=acting(), campaign_id=campaign_id)
    form = VolumeRuleForm(cap=facts.volume_cap, reason=facts.volume_reason)
    if too_late:
        # Somebody scored while the page was open: what was typed can still be copied.
        typed = form.reason.data if request.method == "POST" else ""
        page = render_template("recruiter/volume_rule/edit.html", facts=facts, form=None, typed=typed)
        return page, 409 if request.method == "POST" else 200

    def record(session: Any) -> None:
        record_volume_rule(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            cap=form.cap.data,
            reason=form.reason.data,
        )

    if is_saved(form, record):
        return saved("The limit is recorded.", "recruiter.campaign", campaign_id=campaign_id)
    return shown("recruiter/volume_rule/edit.html", form, facts=facts)
