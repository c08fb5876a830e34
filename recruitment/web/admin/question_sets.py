"""The equality questions of a body: chosen among those that are shipped, seen as a candidate sees them, saved."""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.permissions import Role
from recruitment.rules.question_sets import ITEMS, LONGEST_REASON, OFF, Item, QuestionSet, checked_set
from recruitment.services.question_sets import current_set, list_sets, read_version, save_set
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.equality_forms import page_form
from recruitment.web.forms import Option, PageForm, hidden, long_text, radios
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_MOST_DIGITS = 6


def _has_choice(item: Item) -> bool:
    return not item.is_always or len(item.wordings) > 1


def _form(held: QuestionSet) -> Any:
    fields: dict[str, Any] = {"seen": hidden(max_length=_MOST_DIGITS)}
    stored: dict[str, Any] = {"seen": str(held.number)}
    for item in ITEMS:
        if _has_choice(item):
            single = len(item.wordings) == 1
            options = [Option(each.key, "Ask it" if single else each.title) for each in item.wordings]
            if not item.is_always:
                options.append(Option(OFF, "Do not ask it"))
            fields[f"ask_{item.key}"] = radios(
                f"{item.title}: is it asked?" if single else f"{item.title}: which wording is asked?", options
            )
            stored[f"ask_{item.key}"] = held.chosen.get(item.key, OFF)
        fields[f"why_{item.key}"] = long_text(
            f"{item.title}: why you ask (optional)",
            hint="Shown above the question. Say what the answers are used for",
            max_length=LONGEST_REASON,
            noun="The reason",
            rows=3,
        )
        stored[f"why_{item.key}"] = held.reasons.get(item.key, "")
    return type("QuestionSetForm", (PageForm,), fields)(**stored)


def _chosen(form: Any) -> dict[str, str]:
    return {
        item.key: (form[f"ask_{item.key}"].data or OFF) if _has_choice(item) else item.default for item in ITEMS
    }


def _reasons(form: Any) -> dict[str, str]:
    return {item.key: form[f"why_{item.key}"].data or "" for item in ITEMS}


def _wanted(form: Any, held: QuestionSet) -> QuestionSet:
    return checked_set(held.number + 1, _chosen(form), _reasons(form))


def _refused(form: Any, refusal: Invalid) -> None:
    name = refusal.field if refusal.field in form else f"ask_{refusal.field}"
    form[name if name in form else f"ask_{ITEMS[0].key}"].errors = [refusal.sentence]


@admin.route("/equality-questions", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def question_sets() -> Any:
    held = current_set(reading(), acting().organisation_id)
    form, goes = _form(held), request.form.get("go", "save")
    if request.method == "POST" and goes == "preview" and form.validate():
        try:
            return _preview(_wanted(form, held), form)
        except Invalid as refusal:
            _refused(form, refusal)
    if request.method == "POST" and goes == "save" and form.validate():
        seen = form.seen.data or ""

        def keep(session: Any) -> None:
            save_set(
                session,
                actor=acting(),
                desk=staff_desk(),
                chosen=_chosen(form),
                reasons=_reasons(form),
                seen=int(seen) if seen.isascii() and seen.isdigit() else -1,
            )

        fields = {item.key: f"ask_{item.key}" for item in ITEMS if _has_choice(item)}
        if is_saved(form, keep, **fields):
            sentence = "The new version is kept. Campaigns that open from now on ask it; others keep theirs."
            return saved(sentence, "admin.question_sets")
    page = render_template(
        "admin/question_sets/choose.html",
        form=form,
        held=held,
        items=ITEMS,
        versions=list_sets(reading(), actor=acting()),
    )
    return page, 400 if form.errors else 200


def _preview(asked: QuestionSet, form: Any = None) -> str:
    carried = (
        []
        if form is None
        else [(field.name, field.data or "") for field in form if field.name.startswith(("ask_", "why_"))]
    )
    return render_template(
        "admin/question_sets/preview.html",
        asked=asked,
        form=form,
        carried=carried,
        pages=[(page, page_form(page, {}), asked.reasons_on(page)) for page in asked.pages],
    )


@admin.get("/equality-questions/preview")
@allow(Role.ADMINISTRATOR)
def preview_questions() -> str:
    typed = request.args.get("version", "")
    if typed and not (typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS):
        raise NotFound
    if not typed:
        return _preview(current_set(reading(), acting().organisation_id))
    return _preview(read_version(reading(), actor=acting(), version=int(typed)))
