"""What candidates declare of the requirements of the job, where it has any."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.eligibility import (
    DECLARED_TITLES,
    LONGEST_DETAIL,
    AskedRequirement,
    EligibilityAnswer,
    Requirement,
)
from recruitment.rules.errors import NotFound
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import SectionForm, advert_of, back_to, save_section, section_draft
from recruitment.web.forms import Option

_OPTIONS = tuple(Option(declared.value, title) for declared, title in DECLARED_TITLES.items())
_DETAILS = {
    Requirement.RIGHT_TO_WORK: (
        "Anything the recruiter should know (optional)",
        "Do not send documents. We ask for them only if we offer you the job.",
    ),
    Requirement.REGISTRATION: (
        "Your registration number (optional)",
        "The recruiter looks it up in the register. Without it they ask you for it.",
    ),
    Requirement.OTHER: ("Anything the recruiter should know (optional)", ""),
}


def _form(asked: tuple[AskedRequirement, ...]) -> type[SectionForm]:
    fields: dict[str, Any] = {}
    for one in asked:
        key = one.requirement.value
        title, hint = _DETAILS[one.requirement]
        fields[key] = forms.radios(one.words, _OPTIONS, required="Say whether you meet this requirement")
        fields[f"{key}_detail"] = forms.text(title, hint=hint, max_length=LONGEST_DETAIL, spellcheck=False)
    return type("EligibilityForm", (SectionForm,), fields)


@candidate.route("/campaigns/<uuid:campaign_id>/application/requirements", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def eligibility(campaign_id: UUID) -> Any:
    advert = advert_of(campaign_id)
    if not advert.requirements:
        raise NotFound
    make = _form(advert.requirements)
    draft = section_draft(campaign_id, make)
    kept: dict[str, str] = {}
    for one in draft.content.eligibility:
        kept |= {one.requirement: one.declared, f"{one.requirement}_detail": one.detail}
    form = make(version=draft.version, **kept)

    def show(more: Any = ()) -> str:
        return render_template(
            "candidate/application/eligibility.html",
            form=form,
            more=more,
            advert=advert,
            back=back_to(campaign_id),
        )

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    answers = tuple(
        EligibilityAnswer(key, form[key].data, form[f"{key}_detail"].data or "")
        for key in (one.requirement.value for one in advert.requirements)
    )
    return save_section(draft, form, show, "eligibility", eligibility=answers)
