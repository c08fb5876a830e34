"""Challenges of panel members, and the chair's answers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.services.challenges import LONGEST, answer_challenge, list_challenges, raise_challenge
from recruitment.web.access import allow, may, reading, writing
from recruitment.web.forms import PageForm, long_text
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, staff_desk

_CHALLENGES = "/campaigns/<uuid:campaign_id>/interviews/challenges"


class ChallengeForm(PageForm):
    text = long_text(
        "What do you challenge, and why?",
        hint="Write of the decision or the way to it. The whole panel reads it, and the chair must answer.",
        required="Say what you challenge, and why",
        max_length=LONGEST,
        rows=5,
    )


class AnswerForm(PageForm):
    text = long_text("Your answer", required="Give your answer", max_length=LONGEST, rows=5)


@panel.route(_CHALLENGES, methods=["GET", "POST"])
@allow(Permission.SIT_ON_PANEL)
def challenges(campaign_id: UUID) -> Any:
    form: Any = ChallengeForm()
    if form.validate_on_submit():
        with writing() as session:
            raise_challenge(
                session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, text=form.text.data or ""
            )
        return redirect(url_for("panel.challenges", campaign_id=campaign_id), 303)
    standing = unchecked(campaign_id)
    page = render_template(
        "panel/challenges/challenges.html",
        campaign_id=campaign_id,
        standing=standing,
        form=form,
        challenges=list_challenges(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id),
        is_chair=may(Permission.DECIDE_OUTCOMES, campaign_id),
        is_open=standing.state is CampaignState.REVEALED,
    )
    return page, 400 if form.errors else 200


@panel.route(f"{_CHALLENGES}/<uuid:challenge_id>", methods=["GET", "POST"])
@allow(Permission.DECIDE_OUTCOMES)
def answer(campaign_id: UUID, challenge_id: UUID) -> Any:
    found = list_challenges(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    challenge = next((each for each in found if each.id == challenge_id and not each.is_answered), None)
    if challenge is None:
        raise NotFound
    form: Any = AnswerForm()
    if form.validate_on_submit():
        with writing() as session:
            answer_challenge(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                challenge_id=challenge_id,
                answer=form.text.data or "",
            )
        return redirect(url_for("panel.challenges", campaign_id=campaign_id), 303)
    page = render_template(
        "panel/challenges/answer.html",
        campaign_id=campaign_id,
        standing=unchecked(campaign_id),
        form=form,
        challenge=challenge,
    )
    return page, 400 if form.errors else 200
