"""The interview form: one for each member and candidate, others' scores unseen."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, Refusal, TooLate, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.services.interviews import InterviewForm, read_interview_form, score_interview
from recruitment.services.reasons import LONGEST_REASON
from recruitment.services.reveals import read_names
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.panel import panel
from recruitment.web.panel.reveals import progress_of
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, staff_desk


def _make_form(asked: InterviewForm) -> PageForm:
    """A form with a score and notes for each criterion, numbered from 1 in their order."""
    fields: dict[str, Any] = {}
    stored: dict[str, Any] = {}
    for number, criterion in enumerate(asked.criteria, 1):
        anchors = dict(criterion.anchors)
        fields[f"score_{number}"] = radios(
            f"Your score for {criterion.name}",
            [Option(str(n), str(n), hint=anchors.get(n)) for n in range(asked.scale_min, asked.scale_max + 1)],
            required=f"Select a score for {criterion.name}",
        )
        fields[f"notes_{number}"] = long_text(
            f"Your notes on {criterion.name}",
            hint="Write what the candidate said. The candidate can ask to read it.",
            max_length=LONGEST_REASON,
            noun=f"Notes on {criterion.name}",
            rows=4,
        )
        stored[f"score_{number}"], stored[f"notes_{number}"] = criterion.value, criterion.notes
    return type("ScoreForm", (PageForm,), fields)(**stored)


def _read(campaign_id: UUID, application_id: UUID) -> InterviewForm:
    return read_interview_form(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, application_id=application_id
    )


def _page(campaign_id: UUID, asked: InterviewForm, form: PageForm, refusal: Refusal | None = None) -> str:
    standing = unchecked(campaign_id)
    named = read_names(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, only=[asked.application_id]
    )[0]
    return render_template(
        "panel/interviews/score.html",
        campaign_id=campaign_id,
        standing=standing,
        asked=asked,
        form=form,
        named=named,
        more=[{"text": refusal.sentence, "href": "#score_1"}] if refusal else [],
    )


@panel.get("/campaigns/<uuid:campaign_id>/interviews/candidates/<uuid:application_id>")
@allow(Permission.SCORE_INTERVIEWS)
def show_form(campaign_id: UUID, application_id: UUID) -> Any:
    standing = unchecked(campaign_id)
    require_state(standing.state, CampaignState.REVEALED, act="score interviews")
    asked = _read(campaign_id, application_id)
    return _page(campaign_id, asked, _make_form(asked))


@panel.post("/campaigns/<uuid:campaign_id>/interviews/candidates/<uuid:application_id>")
@allow(Permission.SCORE_INTERVIEWS)
def score(campaign_id: UUID, application_id: UUID) -> Any:
    asked = _read(campaign_id, application_id)
    form = _make_form(asked)
    if not form.validate():
        return _page(campaign_id, asked, form), 400
    scores = {
        criterion.id: (int(form[f"score_{number}"].data), form[f"notes_{number}"].data or "")
        for number, criterion in enumerate(asked.criteria, 1)
    }
    try:
        with writing() as session:
            score_interview(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                application_id=application_id,
                scores=scores,
            )
    except (Invalid, TooSoon, TooLate) as refusal:
        return _page(campaign_id, asked, form, refusal), refusal.status
    return redirect(url_for("panel.scored", campaign_id=campaign_id), 303)


@panel.get("/campaigns/<uuid:campaign_id>/interviews/scored")
@allow(Permission.SCORE_INTERVIEWS)
def scored(campaign_id: UUID) -> str:
    standing = unchecked(campaign_id)
    return render_template(
        "panel/interviews/scored.html",
        campaign_id=campaign_id,
        standing=standing,
        progress=progress_of(campaign_id),
    )
