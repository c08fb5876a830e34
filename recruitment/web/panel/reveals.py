"""Where the panel stands, the second person's agreement to the reveal, and the names after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import Stale, TooLate
from recruitment.rules.permissions import Permission
from recruitment.rules.trail import short_digest
from recruitment.services.closings import was_closed_without_appointment
from recruitment.services.interviews import InterviewProgress, read_panel, read_progress
from recruitment.services.reveals import agree_reveal, read_names, read_reveal_request
from recruitment.web.access import allow, may, reading, writing
from recruitment.web.forms import PageForm, hidden
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, staff_desk


class AgreeForm(PageForm):
    digest = hidden(max_length=64)


class Standing:
    """How far the interviews are, from the reader's side; who withdrew or is not interviewed needs no score."""

    def __init__(self, progress: dict[UUID, InterviewProgress]) -> None:
        waiting = [one for one in progress.values() if not (one.is_withdrawn or one.is_out)]
        self.places = len(waiting)
        self.mine = sum(one.mine for one in waiting)
        self.complete = sum(one.members >= one.panel for one in waiting)

    @property
    def is_all_in(self) -> bool:
        return self.complete == self.places


def progress_of(campaign_id: UUID) -> Standing:
    return Standing(read_progress(reading(), actor=acting(), campaign_id=campaign_id))


@panel.get("/campaigns/<uuid:campaign_id>/interviews")
@allow(Permission.AGREE_REVEAL, Permission.SCORE_INTERVIEWS)
def home(campaign_id: UUID) -> str:
    standing = read_panel(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    if was_closed_without_appointment(reading(), campaign_id=campaign_id, state=standing.state):
        raise TooLate(
            "This campaign was closed without an appointment. There is nothing left for the panel to do."
        )
    is_revealed = has_reached(standing.state, CampaignState.REVEALED)
    is_scorer = may(Permission.SCORE_INTERVIEWS, campaign_id)
    progress = progress_of(campaign_id) if is_revealed and is_scorer else None
    return render_template(
        "panel/reveals/home.html",
        campaign_id=campaign_id,
        standing=standing,
        progress=progress,
        is_frozen=standing.state is CampaignState.FROZEN,
        is_revealed=is_revealed,
        is_decided=has_reached(standing.state, CampaignState.DECIDED),
        may_agree=may(Permission.AGREE_REVEAL, campaign_id),
        is_scorer=is_scorer,
        is_chair=may(Permission.DECIDE_OUTCOMES, campaign_id),
        is_member=may(Permission.SIT_ON_PANEL, campaign_id),
        is_lead=may(Permission.COMPLETE_CHECKLIST, campaign_id),
    )


def _reveal_page(campaign_id: UUID, problem: str = "") -> str:
    asked = read_reveal_request(reading(), actor=acting(), campaign_id=campaign_id)
    form = AgreeForm(formdata=None, digest=asked.digest)
    form.digest.data = asked.digest
    return render_template(
        "panel/reveals/agree.html",
        campaign_id=campaign_id,
        asked=asked,
        form=form,
        short=short_digest(asked.digest),
        problem=problem,
    )


@panel.get("/campaigns/<uuid:campaign_id>/interviews/reveal")
@allow(Permission.AGREE_REVEAL)
def reveal(campaign_id: UUID) -> str:
    return _reveal_page(campaign_id)


@panel.post("/campaigns/<uuid:campaign_id>/interviews/reveal")
@allow(Permission.AGREE_REVEAL)
def agree(campaign_id: UUID) -> Any:
    form = AgreeForm()
    try:
        with writing() as session:
            agree_reveal(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                digest=form.digest.data or "",
            )
    except Stale as refusal:
        return _reveal_page(campaign_id, refusal.sentence), Stale.status
    return redirect(url_for("panel.agreed", campaign_id=campaign_id), 303)


@panel.get("/campaigns/<uuid:campaign_id>/interviews/reveal/agreed")
@allow(Permission.AGREE_REVEAL)
def agreed(campaign_id: UUID) -> Any:
    standing = unchecked(campaign_id)
    if not has_reached(standing.state, CampaignState.REVEALED):
        return redirect(url_for("panel.home", campaign_id=campaign_id), 303)
    is_scorer = may(Permission.SCORE_INTERVIEWS, campaign_id)
    return render_template(
        "panel/reveals/agreed.html", campaign_id=campaign_id, standing=standing, is_scorer=is_scorer
    )


@panel.post("/campaigns/<uuid:campaign_id>/interviews/names")
@allow(Permission.SCORE_INTERVIEWS)
def names(campaign_id: UUID) -> str:
    """Names are the answer to a button, never to a link: each showing is on the trail."""
    standing = unchecked(campaign_id)
    progress = read_progress(reading(), actor=acting(), campaign_id=campaign_id)
    named = read_names(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return render_template(
        "panel/reveals/names.html",
        campaign_id=campaign_id,
        standing=standing,
        named=named,
        progress=progress,
        own=Standing(progress),
        may_score=standing.state is CampaignState.REVEALED and not standing.missing,
    )


@panel.get("/campaigns/<uuid:campaign_id>/interviews/names")
@allow(Permission.SCORE_INTERVIEWS)
def names_by_link(campaign_id: UUID) -> Any:
    return redirect(url_for("panel.home", campaign_id=campaign_id), 303)
