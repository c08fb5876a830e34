"""How far shortlisters agree, and whether the shortlist hangs on one of them; borderline scores to moderation."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.scorer_agreement import ScorerAgreement, moderate_borderline, read_scorer_agreement
from recruitment.web.access import allow, reading, writing
from recruitment.web.filters import counted
from recruitment.web.forms import PageForm, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk

_MOST_PAIRS = 20
_MINUS = "−"


class PlacesForm(PageForm):
    """Only shows what would be; sent by GET, so it changes nothing."""

    class Meta(PageForm.Meta):
        csrf = False

    places = whole_number(
        "How many would you interview?",
        hint="Nothing is fixed by this. The interview line is drawn later, on the locked scores",
        required="Enter a number of interviews",
        noun="The number of interviews",
        minimum=1,
        maximum=100_000,
    )


class SendForm(PageForm):
    places = PlacesForm.places


def three_places(value: Fraction | float) -> str:
    """Rounded down, so that no figure shows a threshold that it does not reach."""
    thousandths = value * 1000 // 1
    return f"{int(thousandths) / 1000:.3f}".replace("-", _MINUS)


def points(value: Fraction | float) -> str:
    """Points of the scale with their sign: "+0.25", "−0.25" or "0.00"."""
    shown = f"{float(value):+.2f}"
    return "0.00" if float(shown) == 0 else shown.replace("-", _MINUS)


@recruiter.get("/campaigns/<uuid:campaign_id>/sift/agreement")
@allow(Permission.SEE_COVERAGE)
def scorer_agreement(campaign_id: UUID) -> Any:
    typed = request.args.get("places")
    trying = PlacesForm(formdata=None if typed is None else MultiDict({"places": typed}))
    is_told = typed is not None and trying.validate()
    return _page(campaign_id, trying, int(trying.places.data) if is_told else None)


@recruiter.post("/campaigns/<uuid:campaign_id>/sift/agreement/moderation")
@allow(Permission.ARRANGE_SIFT)
def send_borderline(campaign_id: UUID) -> Any:
    form = SendForm()
    if not form.validate_on_submit():
        return _page(campaign_id, form, None), 400
    places = int(form.places.data)
    with writing() as session:
        number = moderate_borderline(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, places=places
        )
    sentence = f"{counted(number, 'score')} sent to moderation." if number else "There is nothing left to agree."
    return saved(sentence, "recruiter.scorer_agreement", campaign_id=campaign_id, places=places)


def _page(campaign_id: UUID, trying: PageForm, places: int | None) -> str:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.SEE_COVERAGE)
    found: ScorerAgreement = read_scorer_agreement(session, actor=actor, campaign_id=campaign_id, places=places)
    return render_template(
        "recruiter/scorer_agreement/agreement.html",
        facts=facts,
        found=found,
        is_sifting=found.state is CampaignState.SIFTING,
        trying=trying,
        pairs=found.pairs[:_MOST_PAIRS],
        three_places=three_places,
        points=points,
    )
