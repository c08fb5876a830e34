"""Requirements of a campaign, and their check by reference; opening what was declared happens only on asking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from recruitment.rules.eligibility import (
    DECLARED_TITLES,
    LONGEST_REASON,
    LONGEST_WORDS,
    Declared,
    EligibilityDecision,
    EligibilityStanding,
    Requirement,
)
from recruitment.rules.errors import Invalid, Stale
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import CampaignFacts, read_facts
from recruitment.services.eligibility import list_requirements
from recruitment.services.eligibility_checks import (
    AT_ONCE,
    EligibilityProgress,
    ToCheck,
    decide_eligibility,
    open_checks,
    read_progress,
)
from recruitment.services.eligibility_requirements import set_requirements
from recruitment.web.access import allow, reading
from recruitment.web.forms import Option, PageForm, hidden, long_text, radios, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/requirements"
_STANDINGS = (
    Option(EligibilityStanding.CONFIRMED.value, "Meets the requirements"),
    Option(EligibilityStanding.REFUSED.value, "Does not meet them"),
)


class RequirementsForm(PageForm):
    right_to_work = long_text(
        "Right to work in the UK",
        hint="For example: You have the right to work in the UK, or will have it before you start",
        max_length=LONGEST_WORDS,
        rows=2,
    )
    registration = long_text(
        "Registration with a professional body",
        hint="For example: You are registered with the Nursing and Midwifery Council as an adult nurse",
        max_length=LONGEST_WORDS,
        rows=2,
    )
    other = long_text(
        "Another requirement that is either met or not",
        hint="For example: You hold a full driving licence. Nothing that has to be scored",
        max_length=LONGEST_WORDS,
        rows=2,
    )


@recruiter.route(f"{_PATH}/edit", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def requirements(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    asked = list_requirements(reading(), campaign_id=campaign_id)
    form = RequirementsForm(**{one.requirement.value: one.words for one in asked})

    def keep(session: Any) -> None:
        words = {one: form[one.value].data or "" for one in Requirement}
        set_requirements(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, words=words)

    if is_saved(form, keep):
        return saved("The requirements are saved.", "recruiter.campaign", campaign_id=campaign_id)
    return shown("recruiter/eligibility/requirements.html", form, facts=facts, asked=asked)


class ReferenceForm(PageForm):
    reference = text("Reference", width=10, spellcheck=False)


def _read(campaign_id: UUID) -> tuple[CampaignFacts, EligibilityProgress]:
    permission = Permission.CHECK_ELIGIBILITY
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=permission)
    return facts, read_progress(reading(), actor=acting(), campaign_id=campaign_id)


def _page(campaign_id: UUID, found: tuple[ToCheck, ...] | None = None, form: Any = None, **values: Any) -> str:
    facts, progress = _read(campaign_id)
    return render_template(
        "recruiter/eligibility/check.html",
        facts=facts,
        progress=progress,
        found=found,
        form=form,
        at_once=AT_ONCE,
        declared={one.value: title for one, title in DECLARED_TITLES.items()} | {"": "Not answered"},
        undeclared=Declared.NO,
        **values,
    )


@recruiter.get(_PATH)
@allow(Permission.CHECK_ELIGIBILITY)
def eligibility(campaign_id: UUID) -> str:
    return _page(campaign_id, again=ReferenceForm())


@recruiter.post(_PATH)
@allow(Permission.CHECK_ELIGIBILITY)
def open_eligibility(campaign_id: UUID) -> Any:
    """Opens the next that wait, or the one that is named: a mistake is put right until the sift opens."""
    again = ReferenceForm()
    if not again.validate():
        return _page(campaign_id, again=again), 400
    named = (again.reference.data or "").strip().upper()
    found = open_checks(
        reading(),
        actor=acting(),
        desk=staff_desk(),
        campaign_id=campaign_id,
        references=(named,) if named else (),
    )
    return _page(campaign_id, found, _decisions_form(found, is_sent=False), again=ReferenceForm(None))


def _decisions_form(found: tuple[ToCheck, ...], *, is_sent: bool) -> Any:
    """Three fields for each, numbered in the order of their references."""
    fields: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for place, one in enumerate(found, 1):
        fields[f"reference{place}"] = hidden(max_length=30)
        fields[f"standing{place}"] = radios("What did the check find?", _STANDINGS)
        fields[f"reason{place}"] = long_text(
            "Why not, or how you confirmed it",
            hint="If they do not meet it, they are told this",
            max_length=LONGEST_REASON,
            rows=2,
        )
        kept[f"reference{place}"] = one.reference
        if one.decision is not None:
            kept |= {f"standing{place}": one.decision.standing.value, f"reason{place}": one.decision.reason}
    form = type("DecisionsForm", (PageForm,), fields)
    return form() if is_sent else form(MultiDict(kept), data=kept)


@recruiter.post(f"{_PATH}/decisions")
@allow(Permission.CHECK_ELIGIBILITY)
def decide_requirements(campaign_id: UUID) -> Any:
    """What was typed comes back with its error; what was declared is then opened, and recorded, again."""
    names = [name for name in request.form if name.startswith("reference")][:AT_ONCE]
    references = tuple(dict.fromkeys(request.form[name] for name in names if request.form[name]))
    if not references:
        raise Stale("Open what was declared again, and decide on what you read there.")
    found = open_checks(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, references=references
    )
    form = _decisions_form(found, is_sent=True)
    places = {one.reference: place for place, one in enumerate(found, 1)}

    def keep(session: Any) -> None:
        decisions = {
            reference: EligibilityDecision(
                EligibilityStanding(form[f"standing{place}"].data), form[f"reason{place}"].data or ""
            )
            for reference, place in places.items()
            if form[f"standing{place}"].data
        }
        if not decisions:
            raise Invalid("Say of at least one what the check found.", "standing1")
        decide_eligibility(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, decisions=decisions
        )

    if is_saved(form, keep, **{reference: f"reason{place}" for reference, place in places.items()}):
        return saved("Saved.", "recruiter.eligibility", campaign_id=campaign_id)
    return _page(campaign_id, found, form, again=ReferenceForm(None)), 400
