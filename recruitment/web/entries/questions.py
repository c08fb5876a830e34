"""What the campaign asks, typed for the candidate; a CV as text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request

from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.disputes import follow_disputes
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.rules.errors import NotFound
from recruitment.rules.hidden_passages import Passages, follow_change
from recruitment.rules.redaction import Redaction
from recruitment.services.entries import OpenEntry
from recruitment.services.submissions import ApplicationContent, redact_texts
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.entries import entries
from recruitment.web.entries.home import title_of
from recruitment.web.entries.saving import SectionForm, keep, page, writable
from recruitment.web.site import desk

_LONGEST_CV = 100_000


def _form(asked: AskedQuestion) -> type[SectionForm]:
    is_cv = asked.kind is QuestionKind.CV

    class AnswerForm(SectionForm):
        answer = forms.long_text(
            "The text of the CV" if is_cv else "The answer, as they say or wrote it",
            hint="Type it out, or paste it" if is_cv else asked.hint,
            max_words=None if is_cv else asked.word_limit,
            max_length=_LONGEST_CV if is_cv else max(30_000, asked.word_limit * 15),
            noun="The CV" if is_cv else "The answer",
            rows=20 if is_cv else min(25, max(8, asked.word_limit // 15)),
        )

    return AnswerForm


def numbered(entry: OpenEntry, question_id: UUID) -> tuple[int, AskedQuestion]:
    for number, one in enumerate(entry.advert.questions, 1):
        if one.id == question_id:
            return number, one
    raise NotFound


def redact_typed(
    content: Draft, question_id: UUID, text: str, hidden: Passages = (), disputed: Passages = ()
) -> Redaction:
    """One answer as shortlisters would read it, by the rules that every application goes through."""
    whole = ApplicationContent(
        content.identity(), {question_id: text}, hidden={question_id: hidden}, disputed={question_id: disputed}
    )
    return redact_texts(desk(), whole)[question_id]


@entries.route("/<uuid:entered_id>/questions/<uuid:question_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def question(entered_id: UUID, question_id: UUID) -> Any:
    entry, draft = writable(entered_id)
    number, asked = numbered(entry, question_id)
    key, content = str(question_id), draft.content
    before = content.answers.get(key, "")
    form: Any = _form(asked)(version=draft.version, answer=before)
    title = title_of(asked, number, len(entry.advert.questions))

    def show(more: Any = ()) -> str:
        return page("question", entry, form, question=asked, number=number, title=title, more=more)

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    typed = form.answer.data or ""
    hidden = {**content.hidden, key: follow_change(before, typed, content.hidden.get(key, ()))}
    redaction = redact_typed(content, question_id, typed, hidden[key])
    disputed = {**content.disputed, key: follow_disputes(before, content.disputed.get(key, ()), redaction)}
    answers = {**content.answers, key: typed}
    return keep(entry, form, show, f"question {question_id}", answers=answers, hidden=hidden, disputed=disputed)
