"""What is asked apart from the answers, each with its own notice: adjustments, the scheme, people known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from wtforms.validators import StopValidation

from recruitment.rules.applications import ADJUSTMENTS, WORKING_PATTERNS, Relationship
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import SectionForm, advert_of, back_to, save_section, section_draft
from recruitment.web.forms import Option

_NONE = "none"
_MOST_PEOPLE = 12


class AdjustmentsForm(SectionForm):
    adjustments = forms.checkboxes(
        "What would help you?",
        [
            *(Option(code, label) for code, label in ADJUSTMENTS),
            Option(_NONE, "I do not need any adjustments", divider="or", is_exclusive=True),
        ],
        hint="Select all that apply",
    )
    detail = forms.long_text(
        "Tell us more, or ask for something else (optional)",
        hint="Say what would help. You do not need to tell us about your condition.",
        noun="What you tell us",
        max_length=2_000,
        rows=5,
    )

    def validate_adjustments(self, field: Any) -> None:
        has_detail = bool((self.detail.data or "").strip())
        if not field.data and not has_detail:
            raise StopValidation("Select what would help you, or ‘I do not need any adjustments’")
        if has_detail and _NONE in (field.data or ()):
            raise StopValidation("Select what would help you, or clear what you wrote below")


@candidate.route("/campaigns/<uuid:campaign_id>/application/adjustments", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def adjustments(campaign_id: UUID) -> Any:
    draft = section_draft(campaign_id, AdjustmentsForm)
    kept = draft.content.requests
    is_none = "adjustments" in draft.content.done and not kept.adjustments and not kept.adjustments_detail
    form = AdjustmentsForm(
        version=draft.version,
        adjustments=[_NONE] if is_none else kept.adjustments,
        detail=kept.adjustments_detail,
    )

    def show(more: Any = ()) -> str:
        return _show("adjustments", campaign_id, form, more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    chosen = tuple(code for code in form.adjustments.data if code != _NONE)
    changed = replace(kept, adjustments=chosen, adjustments_detail=form.detail.data or "")
    return save_section(draft, form, show, "adjustments", requests=changed)


def _show(name: str, campaign_id: UUID, form: Any, more: Any, **values: Any) -> str:
    return render_template(
        f"candidate/application/{name}.html",
        form=form,
        more=more,
        advert=advert_of(campaign_id),
        back=back_to(campaign_id),
        **values,
    )


_YES_NO = (Option("yes", "Yes"), Option("no", "No"))


class SchemeForm(SectionForm):
    wanted = forms.radios(
        "Do you want to apply under the Disability Confident scheme?",
        _YES_NO,
        required="Select yes if you want to apply under the Disability Confident scheme",
    )


@candidate.route("/campaigns/<uuid:campaign_id>/application/disability-confident", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def disability_confident(campaign_id: UUID) -> Any:
    draft = section_draft(campaign_id, SchemeForm)
    kept = draft.content.requests
    answered = "disability_confident" in draft.content.done
    chosen = ("yes" if kept.disability_confident else "no") if answered else None
    form = SchemeForm(version=draft.version, wanted=chosen)

    def show(more: Any = ()) -> str:
        return _show("disability_confident", campaign_id, form, more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    changed = replace(kept, disability_confident=form.wanted.data == "yes")
    return save_section(draft, form, show, "disability_confident", requests=changed)


def _people_form(rows: int) -> type[SectionForm]:
    fields: dict[str, Any] = {
        "knows": forms.radios(
            "Do you know anybody who works for the organisation?",
            _YES_NO,
            required="Select yes if you know anybody who works for the organisation",
        )
    }
    for row in range(1, rows + 1):
        fields[f"person_{row}"] = forms.text("Name", spellcheck=False)
        fields[f"nature_{row}"] = forms.text(
            "How you know them", hint="For example, a relative, a friend or a former manager"
        )
    return type("PeopleForm", (SectionForm,), fields)


def _rows_posted() -> int:
    return sum(1 for name in request.form if name.startswith("person_"))


@candidate.route("/campaigns/<uuid:campaign_id>/application/people-you-know", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def relationships(campaign_id: UUID) -> Any:
    draft = section_draft(campaign_id, lambda: _people_form(min(_rows_posted(), _MOST_PEOPLE))())
    kept = draft.content.relationships
    rows = min(max(1, len(kept) + (1 if "more" in request.args else 0), _rows_posted()), _MOST_PEOPLE)
    filled: dict[str, Any] = {}
    for row, one in enumerate(kept, 1):
        filled |= {f"person_{row}": one.person, f"nature_{row}": one.nature}
    if "relationships" in draft.content.done:
        filled["knows"] = "yes" if kept else "no"
    form = _people_form(rows)(version=draft.version, **filled)

    def show(more: Any = ()) -> str:
        return _show("relationships", campaign_id, form, more, rows=range(1, rows + 1),
                     may_add=rows < _MOST_PEOPLE)  # fmt: skip

    if request.method != "POST":
        return show()
    is_valid = form.validate()
    people = _people(form, rows) if form.knows.data == "yes" else ()
    if people is None or (form.knows.data == "yes" and not people):
        form.person_1.errors = form.person_1.errors or ["Enter the name of the person you know"]
        is_valid = False
    if not is_valid:
        return show(), 400
    again = {"return": "check"} if request.args.get("return") == "check" else {}
    here = url_for("candidate.relationships", campaign_id=campaign_id, more=1, **again)
    target = here if "add" in request.form and people else ""
    return save_section(draft, form, show, "relationships", target=target, relationships=people)


def _people(form: Any, rows: int) -> tuple[Relationship, ...] | None:
    """The people named; None when it is said how somebody is known, and not who it is."""
    found = []
    for row in range(1, rows + 1):
        person, nature = form[f"person_{row}"].data or "", form[f"nature_{row}"].data or ""
        if nature and not person:
            form[f"person_{row}"].errors = ["Enter the name of the person you know"]
            return None
        if person:
            found.append(Relationship(person, nature))
    return tuple(found)


@candidate.route("/campaigns/<uuid:campaign_id>/application/vacancies", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def chosen_vacancies(campaign_id: UUID) -> Any:
    advert = advert_of(campaign_id)

    class VacanciesForm(SectionForm):
        vacancies = forms.checkboxes(
            "Which vacancies are you applying for?",
            [
                Option(str(one.id), one.title, hint=", ".join(filter(None, (one.location, one.grade, one.pay))))
                for one in advert.vacancies
            ],
            hint="Select all that apply",
            required="Select at least one vacancy",
        )
        first_choice = forms.radios(
            "Which of them would you like best?",
            [
                Option("", "They are all the same to me"),
                *(Option(str(one.id), one.title) for one in advert.vacancies),
            ],
            hint="The panel reads this when it fills the posts. Shortlisters never do",
        )
        working_pattern = forms.radios(
            "Which working pattern would you like?",
            [Option(value, words) for value, words in WORKING_PATTERNS],
            hint="Only the recruitment team reads this, after the reveal, to make an offer that fits",
        )

    draft = section_draft(campaign_id, VacanciesForm)
    content = draft.content
    form = VacanciesForm(
        version=draft.version,
        vacancies=content.vacancies,
        first_choice=content.first_choice,
        working_pattern=content.working_pattern or "any",
    )

    def show(more: Any = ()) -> str:
        return _show("vacancies", campaign_id, form, more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    first = form.first_choice.data or ""
    if first and first not in form.vacancies.data:
        form.first_choice.errors = ["Select as your first choice a vacancy that you are applying for"]
        return show(), 400
    return save_section(
        draft,
        form,
        show,
        "vacancies",
        vacancies=tuple(form.vacancies.data),
        first_choice=first,
        working_pattern=form.working_pattern.data or "",
    )
