"""Check answers, keep a copy, submit once, and the confirmation."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from flask import session as cookie

from recruitment.rules.disputes import count_asked
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.services.applications import own_application
from recruitment.services.campaign_sources import count_source, offered_sources
from recruitment.services.candidate_accounts import has_standing_application
from recruitment.services.drafts import OpenDraft, read_draft
from recruitment.services.submissions import content_of_draft, prepare_submission, redact_texts, submit_application
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.candidate.answers_shown import copy_of, summary_of
from recruitment.web.candidate.prompting import told_after_saving
from recruitment.web.candidate.saving import advert_of, own_draft
from recruitment.web.messages import language
from recruitment.web.site import acting, desk

_TOLD, _MOST_TOLD = "told_source", 20


@candidate.get("/campaigns/<uuid:campaign_id>/application/check")
@allow(Audience.CANDIDATE)
def check(campaign_id: UUID) -> Any:
    draft = own_draft(campaign_id)
    if draft.is_closed:
        return redirect(url_for("candidate.tasks", campaign_id=campaign_id), 303)
    return _page(draft)


def _page(draft: OpenDraft, sentence: str = "") -> str:
    advert = advert_of(draft.campaign_id)
    return render_template(
        "candidate/application/check.html",
        advert=advert,
        parts=summary_of(draft, advert, is_open=True),
        missing=advert.missing(draft.content),
        sentence=sentence,
        written=told_after_saving(draft, advert),
        asked=_asked(draft),
        is_beside=has_standing_application(reading(), actor=acting(), campaign_id=draft.campaign_id),
    )


def _asked(draft: OpenDraft) -> int:
    """How many hidden words the candidate asks to have shown; nearly always none, and then nothing is read."""
    if not any(draft.content.disputed.values()):
        return 0
    content = content_of_draft(reading(), actor=acting(), desk=desk(), campaign_id=draft.campaign_id, draft=draft)
    return count_asked(redact_texts(desk(), content).values())


@candidate.get("/campaigns/<uuid:campaign_id>/application/copy")
@allow(Audience.CANDIDATE)
def copy(campaign_id: UUID) -> Response:
    draft = own_draft(campaign_id)
    response = Response(copy_of(draft, advert_of(campaign_id)), mimetype="text/plain")
    response.headers["Content-Disposition"] = "attachment; filename=application.txt"
    return response


@candidate.post("/campaigns/<uuid:campaign_id>/application/submit")
@allow(Audience.CANDIDATE)
def submit(campaign_id: UUID) -> Any:
    """Sent twice, by a double click, a retry or another window, it leads to the one confirmation."""
    confirmation = redirect(url_for("candidate.submitted", campaign_id=campaign_id), 303)
    if has_standing_application(reading(), actor=acting(), campaign_id=campaign_id):
        return _beside(campaign_id) or confirmation
    draft = read_draft(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id)
    advert = advert_of(campaign_id)
    try:
        prepared = prepare_submission(
            reading(),
            actor=acting(),
            desk=desk(),
            campaign_id=campaign_id,
            copy_text=copy_of(draft, advert),
            draft=draft,
            advert=advert,
            language=language(),
        )
        with writing() as session:
            submit_application(session, actor=acting(), desk=desk(), submission=prepared)
        if asked := prepared.prepared.asked:
            return redirect(url_for("candidate.submitted", campaign_id=campaign_id, asked=asked), 303)
    except Invalid as refusal:
        return _page(
            read_draft(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id), refusal.sentence
        ), 400
    except TooLate:
        return redirect(url_for("candidate.tasks", campaign_id=campaign_id), 303)
    except NotFound:
        # The other window's submission came between.
        if not has_standing_application(reading(), actor=acting(), campaign_id=campaign_id):
            raise
    return confirmation


def _beside(campaign_id: UUID) -> Any:
    """The draft of somebody of whom another application stands, typed for them; None without a draft."""
    try:
        draft = read_draft(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id)
    except NotFound:
        return None
    return _page(draft, "Another application of yours is sent already. Withdraw it before you send this one."), 409


@candidate.get("/campaigns/<uuid:campaign_id>/application/submitted")
@allow(Audience.CANDIDATE)
def submitted(campaign_id: UUID) -> Any:
    application = own_application(reading(), actor=acting(), campaign_id=campaign_id)
    if application.withdrawn_at is not None:
        return redirect(url_for("candidate.own_applications"), 303)
    # Said once, from the address: what was asked lies sealed, and this site cannot count it any more.
    asked = re.fullmatch("[1-9][0-9]{0,3}", request.args.get("asked", ""))
    return render_template(
        "candidate/application/submitted.html",
        advert=advert_of(campaign_id),
        reference=application.reference,
        asked=int(asked[0]) if asked else 0,
        sources=() if campaign_id.hex in cookie.get(_TOLD, ()) else offered_sources(reading(), campaign_id),
        has_told=campaign_id.hex in cookie.get(_TOLD, ()),
    )


@candidate.post("/campaigns/<uuid:campaign_id>/application/source")
@allow(Audience.CANDIDATE)
def tell_source(campaign_id: UUID) -> Any:
    """Where the candidate heard of the campaign. That it was told stands in their own cookie alone."""
    own_application(reading(), actor=acting(), campaign_id=campaign_id)
    chosen, told = re.fullmatch("[1-9][0-9]?", request.form.get("source", "")), cookie.get(_TOLD, [])
    if chosen and campaign_id.hex not in told:
        with writing() as session:
            count_source(session, actor=acting(), campaign_id=campaign_id, position=int(chosen[0]))
        cookie[_TOLD] = [*told, campaign_id.hex][-_MOST_TOLD:]
    return redirect(url_for("candidate.submitted", campaign_id=campaign_id), 303)
