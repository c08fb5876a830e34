"""Who the candidate is: names, places of study and contact details, none of which shortlisters see."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from wtforms.validators import StopValidation

from recruitment.rules.redaction import Education
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import SectionForm, advert_of, back_to, save_section, section_draft

_MOST_ROWS = 12
_FEWEST_ROWS = 2


class NamesForm(SectionForm):
    full_name = forms.text("Full name", required="Enter your full name", autocomplete="name", spellcheck=False)
    preferred_name = forms.text(
        "Name you like to be called (optional)",
        hint="If it is not a part of your full name",
        noun="The name you like to be called",
        spellcheck=False,
    )
    previous_names = forms.long_text(
        "Previous names (optional)",
        hint="Names you had before, if they could appear in what you write. Put each on its own line.",
        rows=3,
        noun="Previous names",
    )


@candidate.route("/campaigns/<uuid:campaign_id>/application/name", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def names(campaign_id: UUID) -> Any:
    draft = section_draft(campaign_id, NamesForm)
    content = draft.content
    form = NamesForm(
        version=draft.version,
        full_name=content.full_name,
        preferred_name=content.preferred_name,
        previous_names="\n".join(content.previous_names),
    )

    def show(more: Any = ()) -> str:
        return _show("candidate/application/names.html", campaign_id, form, more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    return save_section(
        draft,
        form,
        show,
        "identity",
        full_name=form.full_name.data,
        preferred_name=form.preferred_name.data or "",
        previous_names=_lines(form.previous_names.data),
    )


def _lines(typed: str | None) -> tuple[str, ...]:
    return tuple(line.strip() for line in (typed or "").split("\n") if line.strip())


def _show(template: str, campaign_id: UUID, form: Any, more: Any) -> str:
    return render_template(
        template, form=form, more=more, advert=advert_of(campaign_id), back=back_to(campaign_id)
    )


class ContactForm(SectionForm):
    email = forms.email(hint="We write to you at this address", required="Enter your email address")
    phone = forms.text("Telephone number (optional)", noun="Telephone number", max_length=40, width=20,
                       autocomplete="tel", inputmode="tel")  # fmt: skip
    address = forms.long_text("Address (optional)", hint="Put each line of the address on its own line",
                              rows=4, noun="Address")  # fmt: skip
    postcode = forms.text("Postcode (optional)", noun="Postcode", max_length=20, width=10,
                          autocomplete="postal-code", spellcheck=False)  # fmt: skip


@candidate.route("/campaigns/<uuid:campaign_id>/application/contact", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def contact(campaign_id: UUID) -> Any:
    draft = section_draft(campaign_id, ContactForm)
    content = draft.content
    form = ContactForm(
        version=draft.version,
        email=content.email,
        phone=content.phone,
        address="\n".join(content.address_lines),
        postcode=content.postcode,
    )

    def show(more: Any = ()) -> str:
        return _show("candidate/application/contact.html", campaign_id, form, more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    return save_section(
        draft,
        form,
        show,
        "contact",
        email=form.email.data,
        phone=form.phone.data or "",
        address_lines=_lines(form.address.data),
        postcode=form.postcode.data or "",
    )


def _year(form: Any, field: Any) -> None:
    typed = field.data or ""
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) == 4):
        raise StopValidation("A year must be 4 numbers, like 2014")


def _education_form(rows: int) -> type[SectionForm]:
    fields: dict[str, Any] = {}
    for row in range(1, rows + 1):
        fields[f"institution_{row}"] = forms.text("School, college or university", spellcheck=False)
        for side, words in (("from", "Year you started"), ("to", "Year you finished")):
            fields[f"{side}_{row}"] = forms.text(
                words, max_length=10, width=4, inputmode="numeric", validators=[_year]
            )
    return type("EducationForm", (SectionForm,), fields)


def _rows_posted() -> int:
    return sum(1 for name in request.form if name.startswith("institution_"))


@candidate.route("/campaigns/<uuid:campaign_id>/application/education", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def education(campaign_id: UUID) -> Any:
    draft = section_draft(campaign_id, lambda: _education_form(min(_rows_posted(), _MOST_ROWS))())
    kept = draft.content.education
    wanted = max(_FEWEST_ROWS, len(kept) + (1 if "more" in request.args else 0), _rows_posted())
    rows = min(wanted, _MOST_ROWS)
    filled: dict[str, Any] = {}
    for row, entry in enumerate(kept, 1):
        filled |= {
            f"institution_{row}": entry.institution,
            f"from_{row}": entry.from_year,
            f"to_{row}": entry.to_year,
        }
    form = _education_form(rows)(version=draft.version, **filled)

    def show(more: Any = ()) -> str:
        return render_template(
            "candidate/application/education.html",
            form=form,
            more=more,
            rows=range(1, rows + 1),
            may_add=rows < _MOST_ROWS,
            advert=advert_of(campaign_id),
            back=back_to(campaign_id),
        )

    if request.method != "POST":
        return show()
    is_valid = form.validate()
    entries = []
    for row in range(1, rows + 1):
        place, start, end = (form[f"{part}_{row}"].data or "" for part in ("institution", "from", "to"))
        if (start or end) and not place:
            form[f"institution_{row}"].errors = ["Enter the school, college or university of these years"]
            is_valid = False
        if place:
            entries.append(Education(place, start, end))
    if not is_valid:
        return show(), 400
    target = (
        url_for("candidate.education", campaign_id=campaign_id, more=1, **_return())
        if "add" in request.form
        else ""
    )
    return save_section(draft, form, show, "education", target=target, education=tuple(entries))


def _return() -> dict[str, str]:
    return {"return": "check"} if request.args.get("return") == "check" else {}
