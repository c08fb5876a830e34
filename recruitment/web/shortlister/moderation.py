"""Moderation: the shortlisters of an answer see each other's scores, once all are in, and agree one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.moderation import (
    ModerationCase,
    ModerationItem,
    list_moderation,
    propose_score,
    read_case,
)
from recruitment.services.queues import read_place, read_sift_state
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


@dataclass(frozen=True)
class Agenda:
    """Where a case stands among those still to agree, in the reader's own order; 0 when it is agreed already."""

    number: int
    total: int
    previous: ModerationItem | None
    next: ModerationItem | None


def agenda_at(items: Sequence[ModerationItem], handle: UUID, criterion_id: UUID) -> Agenda:
    keys = [(item.handle, item.criterion_id) for item in items]
    here = keys.index((handle, criterion_id))
    before = [item for item in items[:here] if not item.is_agreed]
    after = [item for item in items[here + 1 :] if not item.is_agreed]
    is_open = not items[here].is_agreed
    return Agenda(
        len(before) + 1 if is_open else 0,
        len(before) + is_open + len(after),
        before[-1] if before else None,
        # Round again: what was passed over comes once the rest is agreed.
        after[0] if after else before[0] if before else None,
    )


@shortlister.get("/sift/<uuid:campaign_id>/moderation")
@allow(Permission.SCORE_ANSWERS)
def moderation_list(campaign_id: UUID) -> str:
    cases = list_moderation(reading(), actor=acting(), campaign_id=campaign_id)
    title, _ = read_sift_state(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "shortlister/moderation/cases.html",
        campaign_id=campaign_id,
        campaign_title=title,
        waiting=[case for case in cases if case.waits_for_me and not case.is_agreed],
        proposed=[case for case in cases if not case.waits_for_me and not case.is_agreed],
        agreed=[case for case in cases if case.is_agreed],
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
    items = list_moderation(reading(), actor=acting(), campaign_id=campaign_id)
    title, place = read_place(reading(), actor=acting(), campaign_id=campaign_id, handle=handle)
    return render_template(
        "shortlister/moderation/case.html",
        campaign_id=campaign_id,
        campaign_title=title,
        place=place,
        case=case,
        agenda=agenda_at(items, handle, criterion_id),
        form=form,
        more=more,
        paragraphs=paragraphs_of(case.parts),
        is_proposed="proposed" in request.args,
    ), 400 if form.errors or more else 200
