"""Outside scorers: asked for by a recruiter, decided by a second person."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for

from recruitment.rules.errors import NotFound
from recruitment.rules.outside_scorers import LONGEST_REASON, STANDING_TITLES
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.outside_scorers import (
    OutsideScorers,
    ask_outside_scorer,
    decide_outside_scorer,
    read_outside_scorers,
)
from recruitment.web.access import allow, reading
from recruitment.web.forms import Option, PageForm, email, long_text, radios, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, settings, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/outside-scorers"


class AskForm(PageForm):
    name = text("Name", required="Enter the person's name")
    email = email("Email address", required="Enter the person's email address")
    reason = long_text(
        "Why does somebody from outside score?",
        hint="For example, a shortlister is ill, or everybody knows the internal candidate. Name no candidate",
        required="Say why somebody from outside scores",
        max_length=LONGEST_REASON,
        rows=3,
    )


class DecideForm(PageForm):
    answer = radios(
        "Do you agree?", [Option("yes", "Yes, invite them"), Option("no", "No")], required="Select yes or no"
    )
    reason = long_text("Reason", required="Give your reason", max_length=LONGEST_REASON, rows=3)


def _found(campaign_id: UUID) -> OutsideScorers:
    return read_outside_scorers(reading(), actor=acting(), campaign_id=campaign_id)


def _facts(campaign_id: UUID) -> Any:
    return read_facts(reading(), actor=acting(), campaign_id=campaign_id)


@recruiter.route(_PATH, methods=["GET", "POST"])
@allow(Permission.AGREE_SCORER)
def outside_scorers(campaign_id: UUID) -> Any:
    found, form = _found(campaign_id), AskForm()
    if request.method == "POST" and not (found.may_ask and found.is_in_time):
        return redirect(url_for("recruiter.outside_scorers", campaign_id=campaign_id), 303)

    def ask(session: Any) -> None:
        ask_outside_scorer(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            name=form.name.data or "",
            email=form.email.data or "",
            reason=form.reason.data or "",
        )

    if is_saved(form, ask):
        return saved("Asked. A second person must agree.", "recruiter.outside_scorers", campaign_id=campaign_id)
    return shown(
        "recruiter/outside_scorers/list.html",
        form,
        found=found,
        facts=_facts(campaign_id),
        standings=STANDING_TITLES,
    )


@recruiter.route(f"{_PATH}/<uuid:scorer_id>", methods=["GET", "POST"])
@allow(Permission.AGREE_SCORER)
def outside_scorer(campaign_id: UUID, scorer_id: UUID) -> Any:
    """The decision of a second person; for whoever asked, there is no such page."""
    one = next((each for each in _found(campaign_id).listed if each.id == scorer_id and each.may_decide), None)
    if one is None:
        raise NotFound
    form = DecideForm()

    def decide(session: Any) -> None:
        base = settings().public_url.rstrip("/")
        decide_outside_scorer(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            scorer_id=scorer_id,
            is_agreed=form.answer.data == "yes",
            reason=form.reason.data or "",
            make_url=lambda token: f"{base}/enrol/{token}",
        )

    if is_saved(form, decide, email="reason"):
        return saved("Your decision is recorded.", "recruiter.outside_scorers", campaign_id=campaign_id)
    return shown("recruiter/outside_scorers/decide.html", form, one=one, facts=_facts(campaign_id))
