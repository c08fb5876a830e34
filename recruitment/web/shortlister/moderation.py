"""Moderation: the shortlisters of an answer see each other's scores, once all are in, and agree one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.moderation import ModerationCase, propose_score, read_case
from recruitment.services.moderation_lists import (
    PER_PAGE,
    CaseKey,
    Heading,
    PageAsked,
    read_agenda,
    read_moderation,
)
from recruitment.services.reasons import LONGEST_REASON
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.shortlister import shortlister
from recruitment.web.shortlister.passages import paragraphs_of
from recruitment.web.site import acting, desk


def proposal_form(case: ModerationCase) -> PageForm:
    """The scale is the campaign's own, so the form is made for the case; filled with one's own proposal."""
    guide = dict(case.anchors)
    options = [
        Option(str(score), str(score), hint=guide.get(score)) for score in range(case.lowest, case.highest + 1)
    ]

    class ProposalForm(PageForm):
        value = radios("Which score would you agree to?", options, required="Select a score")
        reason = long_text(
            "Reason",
            hint="Say what in the answer makes you agree to this score. The other shortlisters can read it.",
            required="Give a reason for the score you would agree to",
            max_length=LONGEST_REASON,
            rows=4,
        )

    own = next((voice for voice in case.voices if voice.is_own), None)
    return ProposalForm(value=own.proposed if own else None, reason=own.proposed_reason if own else "")


def _case_key(written: str) -> CaseKey | None:
    """A case as an address names it; None for anything else."""
    try:
        handle, criterion_id = map(UUID, written.split("."))
    except ValueError:
        return None
    return CaseKey(handle, criterion_id)


def _page_asked() -> PageAsked | None:
    wanted = request.args.get("list", "")
    if wanted not in list(Heading):
        return None
    before = _case_key(request.args.get("before", ""))
    return PageAsked(Heading(wanted), before or _case_key(request.args.get("after", "")), before is not None)


@shortlister.get("/sift/<uuid:campaign_id>/moderation")
@allow(Permission.SCORE_ANSWERS)
def moderation_list(campaign_id: UUID) -> str:
    asked = _page_asked()
    found = read_moderation(reading(), actor=acting(), campaign_id=campaign_id, asked=asked)
    return render_template(
        "shortlister/moderation/cases.html",
        campaign_id=campaign_id,
        campaign_title=found.campaign_title,
        pages=found.pages,
        per_page=PER_PAGE,
        is_one=asked is not None,
    )


@shortlister.route(
    "/sift/<uuid:campaign_id>/moderation/<uuid:handle>/<uuid:criterion_id>", methods=["GET", "POST"]
)
@allow(Permission.SCORE_ANSWERS)
def moderation_case(campaign_id: UUID, handle: UUID, criterion_id: UUID) -> Any:
    case = read_case(
        reading(),
        actor=acting(),
        desk=desk(),
        campaign_id=campaign_id,
        handle=handle,
        criterion_id=criterion_id,
    )
    form = proposal_form(case)
    more: list[dict[str, str]] = []
    if form.validate_on_submit():
        try:
            with writing() as session:
                propose_score(
                    session,
                    actor=acting(),
                    desk=desk(),
                    campaign_id=campaign_id,
                    handle=handle,
                    criterion_id=criterion_id,
                    value=int(form["value"].data),
                    reason=form["reason"].data,
                )
            return redirect(url_for(".moderation_case", **(request.view_args or {}), proposed=1), 303)
        except Invalid as refusal:
            more = [{"text": refusal.sentence, "href": f"#{refusal.field or 'value'}"}]
    agenda = read_agenda(
        reading(), actor=acting(), campaign_id=campaign_id, handle=handle, criterion_id=criterion_id
    )
    return render_template(
        "shortlister/moderation/case.html",
        campaign_id=campaign_id,
        campaign_title=agenda.campaign_title,
        place=agenda.answer,
        case=case,
        agenda=agenda,
        form=form,
        more=more,
        paragraphs=paragraphs_of(case.parts),
        is_proposed="proposed" in request.args,
    ), 400 if form.errors or more else 200
