"""“This is what shortlisters will read”, to be read back to the candidate, who can have more hidden, or object."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for

from recruitment.rules.disputes import ask_to_show, leave_hidden
from recruitment.rules.hidden_passages import hide_also, show_again
from recruitment.rules.previews import HiddenGroup, OwnWords, PreviewPart, hidden_groups, own_words, preview_parts
from recruitment.services.drafts import OpenDraft
from recruitment.services.entries import OpenEntry
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.entries import entries
from recruitment.web.entries.home import title_of
from recruitment.web.entries.questions import numbered, redact_typed
from recruitment.web.entries.saving import SectionForm, keep, page, writable


class HideForm(SectionForm):
    passage = forms.long_text(
        "Words to hide",
        hint="As they stand in the answer. They are then hidden wherever they stand in it.",
        max_length=None,
        noun="The words to hide",
        rows=2,
    )


class ChangeForm(SectionForm):
    """One button: `again` has words to show again, `ask` and `leave` the number of a mark."""

    again = forms.hidden(max_length=30_000)
    ask = forms.hidden(max_length=12)
    leave = forms.hidden(max_length=12)


@dataclass(frozen=True)
class ReadBack:
    id: UUID
    number: int
    title: str
    text: str
    parts: tuple[PreviewPart, ...]
    groups: tuple[HiddenGroup, ...]
    own: tuple[OwnWords, ...]
    form: HideForm


def _hide_form(number: int) -> HideForm:
    # A prefix for each answer: the page holds one such form for every one of them.
    return HideForm(prefix=f"answer-{number}-")


def _page(entry: OpenEntry, draft: OpenDraft, failed: HideForm | None = None, at: int = 0, more: Any = ()) -> str:
    answers, content = [], draft.content
    for number, one in enumerate(entry.advert.questions, 1):
        key = str(one.id)
        text, hidden = content.answers.get(key, ""), content.hidden.get(key, ())
        redaction = redact_typed(content, one.id, text, hidden, content.disputed.get(key, ()))
        form = failed if failed is not None and number == at else _hide_form(number)
        form.version.data = str(draft.version)
        is_typed = bool(text.strip())
        answers.append(
            ReadBack(
                one.id,
                number,
                title_of(one, number, len(entry.advert.questions)),
                one.text,
                preview_parts(redaction) if is_typed else (),
                hidden_groups(redaction) if is_typed else (),
                own_words(redaction, hidden) if is_typed else (),
                form,
            )
        )
    return page("preview", entry, failed, answers=answers, version=draft.version, more=more)


@entries.get("/<uuid:entered_id>/preview")
@allow(Audience.STAFF)
def preview(entered_id: UUID) -> str:
    return _page(*writable(entered_id))


@entries.post("/<uuid:entered_id>/questions/<uuid:question_id>/hide")
@allow(Audience.STAFF)
def hide(entered_id: UUID, question_id: UUID) -> Any:
    entry, draft = writable(entered_id)
    number, _ = numbered(entry, question_id)
    key, form = str(question_id), _hide_form(number)
    text, before = draft.content.answers.get(key, ""), draft.content.hidden.get(key, ())

    def show(more: Any = ()) -> str:
        return _page(entry, draft, form, number, more)

    after = hide_also(text, before, form.passage.data or "") if form.validate() else before
    if after == tuple(sorted(before)):
        form.passage.errors = [
            "Enter words that are in this answer and not hidden yet, exactly as they stand there"
        ]
        return show(), 400
    return keep(
        entry, form, show, "preview", target=_here(entered_id, number), hidden={**draft.content.hidden, key: after}
    )


def _here(entered_id: UUID, number: int) -> str:
    return url_for("entries.preview", entered_id=entered_id, _anchor=f"answer-{number}")


@entries.post("/<uuid:entered_id>/questions/<uuid:question_id>/marks")
@allow(Audience.STAFF)
def marks(entered_id: UUID, question_id: UUID) -> Any:
    """Show words again that the candidate had hidden, or note (or no longer) that some were hidden wrongly."""
    entry, draft = writable(entered_id)
    number, _ = numbered(entry, question_id)
    key, form, content = str(question_id), ChangeForm(), draft.content
    text = content.answers.get(key, "")
    hidden, disputed = content.hidden.get(key, ()), content.disputed.get(key, ())

    def show(more: Any = ()) -> str:
        return _page(entry, draft, more=more)

    changes: dict[str, Any]
    if "again" in request.form and form.validate():
        changes = {"hidden": {**content.hidden, key: show_again(text, hidden, form.again.data or "")}}
    else:
        name, change = ("ask", ask_to_show) if "ask" in request.form else ("leave", leave_hidden)
        typed = form[name].data or ""
        mark = int(typed) if form.validate() and typed.isascii() and typed.isdecimal() else 0
        after = change(redact_typed(content, question_id, text, hidden, disputed), disputed, mark)
        if after is None:
            sentence = "Those words are not hidden any more. Choose again from what is hidden now"
            return show(({"text": sentence, "href": f"#answer-{number}"},)), 400
        changes = {"disputed": {**content.disputed, key: after}}
    return keep(entry, form, show, "preview", target=_here(entered_id, number), **changes)
