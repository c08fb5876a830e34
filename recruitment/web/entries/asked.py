"""The forms of what is asked of everybody, in words for whoever asks it for somebody else."""

from __future__ import annotations

from typing import Any

from wtforms.validators import StopValidation

from recruitment.rules.applications import ADJUSTMENTS, WORKING_PATTERNS
from recruitment.rules.eligibility import DECLARED_TITLES, LONGEST_DETAIL
from recruitment.rules.errors import NotFound
from recruitment.services.entries import OpenEntry
from recruitment.web import forms
from recruitment.web.entries.saving import SectionForm, lines_of
from recruitment.web.forms import Option

NONE = "none"
_YES_NO = (Option("yes", "Yes"), Option("no", "No"))
_LANGUAGES = (Option("en", "English"), Option("cy", "Welsh"))


class NameForm(SectionForm):
    full_name = forms.text("Full name", required="Enter the candidate’s full name", spellcheck=False)
    preferred_name = forms.text(
        "Name they like to be called (optional)",
        hint="If it is not a part of the full name",
        noun="The name they like to be called",
        spellcheck=False,
    )
    previous_names = forms.long_text(
        "Previous names (optional)",
        hint="Names they had before, if these could appear in the answers. Each on its own line",
        rows=3,
        noun="Previous names",
    )


class ContactForm(SectionForm):
    address = forms.long_text("Postal address", hint="Each line of the address on its own line", rows=4)
    postcode = forms.text("Postcode", max_length=20, width=10, spellcheck=False)
    email = forms.email(
        "Email address (optional)",
        hint="If they have one, letters go there, and they can sign in with it to follow their application",
    )
    phone = forms.text(
        "Telephone number (optional)", noun="Telephone number", max_length=40, width=20, inputmode="tel"
    )
    language = forms.radios(
        "Language of our letters", _LANGUAGES, required="Select the language of our letters", is_inline=True
    )

    def validate_address(self, field: Any) -> None:
        if self.email.data:
            return
        if not lines_of(field.data):
            raise StopValidation("Enter the postal address, or an email address below")

    def validate_postcode(self, field: Any) -> None:
        if not self.email.data and not field.data:
            raise StopValidation("Enter the postcode, or an email address below")


class EducationForm(SectionForm):
    places = forms.long_text(
        "Schools, colleges and universities (optional)",
        hint="Each on its own line, with the years if known. For example, University of Leeds, 2011 to 2014",
        rows=5,
        noun="Schools, colleges and universities",
    )


class AdjustmentsForm(SectionForm):
    adjustments = forms.checkboxes(
        "What would help them?",
        [
            *(Option(code, label) for code, label in ADJUSTMENTS),
            Option(NONE, "They do not need any adjustments", divider="or", is_exclusive=True),
        ],
        hint="Ask everybody. Select all that apply",
    )
    detail = forms.long_text(
        "What else they ask for (optional)",
        hint="Do not ask about their condition.",
        noun="What else they ask for",
        max_length=2_000,
        rows=5,
    )

    def validate_adjustments(self, field: Any) -> None:
        has_detail = bool((self.detail.data or "").strip())
        if not field.data and not has_detail:
            raise StopValidation("Select what would help them, or ‘They do not need any adjustments’")
        if has_detail and NONE in (field.data or ()):
            raise StopValidation("Select what would help them, or clear what you wrote below")


class SchemeForm(SectionForm):
    wanted = forms.radios(
        "Do they want to apply under the Disability Confident scheme?",
        _YES_NO,
        hint="Ask everybody. On a form that leaves it open, the answer is no",
        required="Select yes if they want to apply under the Disability Confident scheme",
    )


class PeopleForm(SectionForm):
    knows = forms.radios(
        "Do they know anybody who works for the organisation?",
        _YES_NO,
        required="Select yes if they know anybody who works for the organisation",
    )
    people = forms.long_text(
        "If yes, whom",
        hint="Each person on a line, and how they are known. For example, Ann Lee: a former manager",
        rows=4,
        noun="Whom they know",
        max_length=4_000,
    )

    def validate_people(self, field: Any) -> None:
        if self.knows.data == "yes" and not lines_of(field.data):
            raise StopValidation("Enter the name of the person they know")


def requirements_form(entry: OpenEntry) -> type[SectionForm]:
    if not entry.advert.requirements:
        raise NotFound
    fields: dict[str, Any] = {}
    for one in entry.advert.requirements:
        key = one.requirement.value
        options = [Option(declared.value, title) for declared, title in DECLARED_TITLES.items()]
        fields[key] = forms.radios(one.words, options, required="Say whether they meet this requirement")
        fields[f"{key}_detail"] = forms.text(
            "What they add, such as a number in a register (optional)", max_length=LONGEST_DETAIL, spellcheck=False
        )
    return type("RequirementsForm", (SectionForm,), fields)


def vacancies_form(entry: OpenEntry) -> type[SectionForm]:
    posts = entry.advert.vacancies
    if len(posts) < 2:
        raise NotFound

    class VacanciesForm(SectionForm):
        vacancies = forms.checkboxes(
            "Which vacancies do they apply for?",
            [Option(str(one.id), one.title) for one in posts],
            hint="Select all that apply",
            required="Select at least one vacancy",
        )
        first_choice = forms.radios(
            "Which of them would they like best?",
            [Option("", "All the same"), *(Option(str(one.id), one.title) for one in posts)],
        )
        working_pattern = forms.radios(
            "Which working pattern would they like?", [Option(value, words) for value, words in WORKING_PATTERNS]
        )

        def validate_first_choice(self, field: Any) -> None:
            if field.data and field.data not in (self.vacancies.data or ()):
                raise StopValidation("Select as first choice a vacancy that they apply for")

    return VacanciesForm
