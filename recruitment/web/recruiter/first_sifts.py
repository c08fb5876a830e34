"""The first sift: its lead criterion while a campaign is prepared, whether it is held, and its close."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for

from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.first_sifts import LONGEST_REASON
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.first_sift_results import settle_first_sift
from recruitment.services.first_sifts import (
    LeadChoice,
    decide_first_sift,
    drop_first_sift,
    list_lead_choices,
    name_lead,
    read_first_sift,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.filters import counted
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/first-sift"
_NONE = "none"


class DecisionForm(PageForm):
    held = radios(
        "Is the first sift held?",
        [
            Option("yes", "Yes, answers on the lead criterion are read first"),
            Option("no", "No, everybody is read in full from the start"),
        ],
        required="Select whether the first sift is held",
    )
    reason = long_text(
        "Why?",
        hint="For example how many applied. It goes on the record, where the auditor reads it",
        required="Say why the first sift is held, or why not",
        max_length=LONGEST_REASON,
        rows=4,
    )


def _lead_form(choices: list[LeadChoice]) -> type[PageForm]:
    options = [
        Option(one.id.hex, one.name, hint=one.why_not or f"Minimum score {one.minimum}, which would be the line")
        for one in choices
    ]
    lead = radios(
        "Which criterion would be read first?",
        [*options, Option(_NONE, "No first sift", hint="Everybody is read in full")],
        required="Select a criterion, or no first sift",
    )
    return type("LeadForm", (PageForm,), {"criterion": lead})


@recruiter.route(_PATH, methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def first_sift(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    if request.method == "POST":
        require_state(facts.state, CampaignState.DRAFT, act="plan a first sift")  # an old page has no form to show
    found = read_first_sift(session, actor=actor, campaign_id=campaign_id)
    choices = list_lead_choices(session, actor=actor, campaign_id=campaign_id)
    form: Any = _lead_form(choices)(criterion=found.criterion_id.hex if found else _NONE)

    def keep(session: Any) -> None:
        asked = {"actor": actor, "desk": staff_desk(), "campaign_id": campaign_id}
        if form.criterion.data == _NONE:
            drop_first_sift(session, **asked)
        else:
            name_lead(session, **asked, criterion_id=UUID(hex=form.criterion.data))

    if is_saved(form, keep):
        words = "No first sift is planned." if form.criterion.data == _NONE else "The first sift is planned."
        return saved(words, "recruiter.campaign", campaign_id=campaign_id)
    is_draft = facts.state is CampaignState.DRAFT
    page = {"facts": facts, "found": found, "choices": choices, "is_draft": is_draft}
    return shown("recruiter/first_sifts/plan.html", form, **page)


@recruiter.route(f"{_PATH}/decision", methods=["GET", "POST"])
@allow(Permission.ARRANGE_SIFT)
def first_sift_decision(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.ARRANGE_SIFT)
    found = read_first_sift(session, actor=actor, campaign_id=campaign_id)
    if found is None or facts.state is not CampaignState.OPEN:
        return redirect(url_for("recruiter.sift", campaign_id=campaign_id), 303)
    decided = {"held": "yes" if found.was_held else "no", "reason": found.reason} if found.is_decided else {}
    form: Any = DecisionForm(**decided)

    def keep(session: Any) -> None:
        decide_first_sift(
            session, actor=actor, desk=staff_desk(), campaign_id=campaign_id, is_held=form.held.data == "yes",
            reason=form.reason.data or "",
        )  # fmt: skip

    if is_saved(form, keep):
        words = "The first sift is held." if form.held.data == "yes" else "No first sift is held."
        return saved(f"{words} Now open the sift.", "recruiter.sift", campaign_id=campaign_id)
    is_closed = staff_desk().now >= facts.closes_at
    return shown("recruiter/first_sifts/decision.html", form, facts=facts, found=found, is_closed=is_closed)


@recruiter.post(f"{_PATH}/close")
@allow(Permission.ARRANGE_SIFT)
def close_first_sift(campaign_id: UUID) -> Any:
    with writing() as session:
        past, below = settle_first_sift(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    sentence = f"The first sift is closed. {counted(past, 'application')} read in full, {below} below the minimum."
    return saved(sentence, "recruiter.sift", campaign_id=campaign_id)
