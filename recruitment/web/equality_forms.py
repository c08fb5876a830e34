"""Forms made from the equality question set, wording and order exactly as it has them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from recruitment.rules.equality_questions import AGE, PREFER_NOT_TO_SAY, WRITE_IN_LENGTH, Page, Question
from recruitment.web import forms
from recruitment.web.forms import Option, PageForm


def _options(question: Question) -> list[Option]:
    return [
        Option(
            option.code,
            option.label,
            hint=option.hint or None,
            divider="or" if option.code == PREFER_NOT_TO_SAY and question.prefer_not_divider else None,
            reveals=f"{question.key}_text" if option.write_in else None,
        )
        for option in question.options
    ]


def page_form(page: Page, answers: Mapping[str, str], *, is_sent: bool = False) -> Any:
    """The page's form: as it was sent, or filled with answers given before (never a date of birth)."""
    fields: dict[str, Any] = {}
    for question in page.questions:
        if question.key == AGE:
            fields[AGE] = forms.date(question.text, hint=question.hint, noun="Date of birth", is_birthday=True)
            continue
        fields[question.key] = forms.radios(question.text, _options(question), hint=question.hint)
        if any(option.write_in for option in question.options):
            fields[f"{question.key}_text"] = forms.text(
                question.write_in_label, max_length=WRITE_IN_LENGTH, noun="Your description"
            )
    filled = {key: value for key, value in answers.items() if key in fields and key != AGE}
    form_of_page = type("QuestionsForm", (PageForm,), fields)
    if is_sent:
        return form_of_page()
    form: Any = form_of_page(MultiDict())
    # The request holds what another page sent; this one is filled from the answers alone.
    form.process(None, **filled)
    return form


def answers_in(page: Page, form: Any) -> dict[str, str]:
    """Question key -> code, and `<key>_text` -> own words, of what was answered on the page."""
    found: dict[str, str] = {}
    for question in page.questions:
        for key in (question.key, f"{question.key}_text"):
            value = form[key].data if key in form else None
            if isinstance(value, str) and value:
                found[key] = value
    return found
