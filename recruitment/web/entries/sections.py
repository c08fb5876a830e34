"""Everything but the answers: who the candidate is, how to reach them, and what is asked apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import request

from recruitment.rules.drafts import Draft
from recruitment.rules.eligibility import EligibilityAnswer
from recruitment.rules.entries import education_from, relationships_from
from recruitment.services.entries import OpenEntry
from recruitment.web.access import Audience, allow
from recruitment.web.entries import entries
from recruitment.web.entries.asked import (
    NONE,
    AdjustmentsForm,
    ContactForm,
    EducationForm,
    NameForm,
    PeopleForm,
    SchemeForm,
    requirements_form,
    vacancies_form,
)
from recruitment.web.entries.saving import SectionForm, keep, lines_of, page, writable


@dataclass(frozen=True)
class Section:
    """`name`: under which the draft keeps it; `kept`: the draft as the form has it, `changes`: the way back."""

    name: str
    title: str
    words: tuple[str, ...]
    make: Callable[[OpenEntry], type[SectionForm]]
    kept: Callable[[Draft], dict[str, Any]]
    changes: Callable[[Any, OpenEntry, Draft], dict[str, Any]]


def _kept_requirements(draft: Draft) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for one in draft.eligibility:
        kept |= {one.requirement: one.declared, f"{one.requirement}_detail": one.detail}
    return kept


def _kept_adjustments(draft: Draft) -> dict[str, Any]:
    asked = draft.requests
    is_none = "adjustments" in draft.done and not asked.adjustments and not asked.adjustments_detail
    return {"adjustments": [NONE] if is_none else asked.adjustments, "detail": asked.adjustments_detail}


def _told(draft: Draft, section: str, is_yes: bool) -> str | None:
    return ("yes" if is_yes else "no") if section in draft.done else None


def _answers_of(form: Any, entry: OpenEntry, draft: Draft) -> dict[str, Any]:
    keys = [one.requirement.value for one in entry.advert.requirements]
    found = (EligibilityAnswer(key, form[key].data, form[f"{key}_detail"].data or "") for key in keys)
    return {"eligibility": tuple(found)}


SECTIONS: Mapping[str, Section] = {
    "name": Section(
        "identity",
        "Name",
        ("Shortlisters never see it. If it stands in the answers, it is hidden there.",),
        lambda entry: NameForm,
        lambda d: {
            "full_name": d.full_name,
            "preferred_name": d.preferred_name,
            "previous_names": "\n".join(d.previous_names),
        },
        lambda form, entry, d: {
            "full_name": form.full_name.data,
            "preferred_name": form.preferred_name.data or "",
            "previous_names": lines_of(form.previous_names.data),
        },
    ),
    "contact": Section(
        "contact",
        "How to reach them",
        (
            "Without an email address, every letter is printed and posted by a colleague with no part in the "
            "campaign. Shortlisters see none of this.",
        ),
        lambda entry: ContactForm,
        lambda d: {
            "email": d.email,
            "phone": d.phone,
            "address": "\n".join(d.address_lines),
            "postcode": d.postcode,
            "language": d.language,
        },
        lambda form, entry, d: {
            "email": form.email.data or "",
            "phone": form.phone.data or "",
            "address_lines": lines_of(form.address.data),
            "postcode": form.postcode.data or "",
            "language": form.language.data,
        },
    ),
    "education": Section(
        "education",
        "Where they have studied",
        ("Only so that these places are hidden where they stand in the answers. Nobody scores it.",),
        lambda entry: EducationForm,
        lambda d: {
            "places": "\n".join(
                ", ".join(filter(None, (one.institution, " to ".join(filter(None, (one.from_year, one.to_year))))))
                for one in d.education
            )
        },
        lambda form, entry, d: {"education": education_from(lines_of(form.places.data))},
    ),
    "requirements": Section(
        "eligibility",
        "Requirements of the job",
        ("Everybody is asked the same. A recruiter checks it by reference; shortlisters never see it.",),
        requirements_form,
        _kept_requirements,
        _answers_of,
    ),
    "vacancies": Section(
        "vacancies",
        "Vacancies they apply for",
        (),
        vacancies_form,
        lambda d: {
            "vacancies": d.vacancies,
            "first_choice": d.first_choice,
            "working_pattern": d.working_pattern or "any",
        },
        lambda form, entry, d: {
            "vacancies": tuple(form.vacancies.data),
            "first_choice": form.first_choice.data or "",
            "working_pattern": form.working_pattern.data or "",
        },
    ),
    "adjustments": Section(
        "adjustments",
        "Adjustments",
        (
            "The recruitment team reads this by reference, without a name. Shortlisters never see it, and it does "
            "not count against anybody.",
        ),
        lambda entry: AdjustmentsForm,
        _kept_adjustments,
        lambda form, entry, d: {
            "requests": replace(
                d.requests,
                adjustments=tuple(code for code in form.adjustments.data if code != NONE),
                adjustments_detail=form.detail.data or "",
            )
        },
    ),
    "disability-confident": Section(
        "disability_confident",
        "Disability Confident scheme",
        (
            "Disabled candidates who meet the minimum for the job can ask to be offered an interview. Nobody asks "
            "for proof. Shortlisters never see who asked.",
        ),
        lambda entry: SchemeForm,
        lambda d: {"wanted": _told(d, "disability_confident", d.requests.disability_confident)},
        lambda form, entry, d: {"requests": replace(d.requests, disability_confident=form.wanted.data == "yes")},
    ),
    "people-they-know": Section(
        "relationships",
        "People they know",
        (
            "So that nobody they know well sits on their panel. Nobody looks at this before the shortlist is "
            "fixed, and it does not count against them.",
        ),
        lambda entry: PeopleForm,
        lambda d: {
            "knows": _told(d, "relationships", bool(d.relationships)),
            "people": "\n".join(
                f"{one.person}: {one.nature}" if one.nature else one.person for one in d.relationships
            ),
        },
        lambda form, entry, d: {
            "relationships": relationships_from(lines_of(form.people.data)) if form.knows.data == "yes" else ()
        },
    ),
}


@entries.route(
    "/<uuid:entered_id>/<any({}):part>".format(", ".join(repr(part) for part in SECTIONS)), methods=["GET", "POST"]
)
@allow(Audience.STAFF)
def section(entered_id: UUID, part: str) -> Any:
    found = SECTIONS[part]
    entry, draft = writable(entered_id)
    form: Any = found.make(entry)(version=draft.version, **found.kept(draft.content))

    def show(more: Any = ()) -> str:
        return page("section", entry, form, section=found, more=more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    return keep(entry, form, show, found.name, **found.changes(form, entry, draft.content))
