"""What the campaign asks: questions and statements in words, and a CV as a file that is read to text."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.applications import Document
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.disputes import follow_disputes
from recruitment.rules.drafts import AskedQuestion
from recruitment.rules.errors import NotFound
from recruitment.rules.hidden_passages import follow_change
from recruitment.rules.prompts import prompts_of
from recruitment.services.documents import UnreadableDocument, read_document
from recruitment.services.drafts import OpenDraft, attach_document, read_documents
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading
from recruitment.web.candidate import candidate
from recruitment.web.candidate.prompting import redact_answer
from recruitment.web.candidate.saving import (
    SectionForm,
    advert_of,
    back_to,
    posted_version,
    save_section,
    section_draft,
    stored,
)
from recruitment.web.site import acting, desk, settings

_LONGEST_HEADING = 160  # characters; a longer question is read below a short heading


def _answer_form(question: AskedQuestion) -> type[SectionForm]:
    is_statement = question.kind is QuestionKind.STATEMENT
    label = (
        question.text
        if len(question.text) <= _LONGEST_HEADING
        else "Your statement"
        if is_statement
        else "Your answer"
    )

    class AnswerForm(SectionForm):
        answer = forms.long_text(
            label,
            hint=question.hint,
            max_words=question.word_limit,
            max_length=max(30_000, question.word_limit * 15),
            noun="Your statement" if is_statement else "Your answer",
            rows=min(25, max(8, question.word_limit // 15)),
        )

    return AnswerForm


@candidate.route("/campaigns/<uuid:campaign_id>/application/question/<uuid:question_id>", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def question(campaign_id: UUID, question_id: UUID) -> Any:
    advert = advert_of(campaign_id)
    asked = {one.id: (number, one) for number, one in enumerate(advert.questions, 1)}
    if question_id not in asked:
        raise NotFound
    number, found = asked[question_id]
    make_form = CvForm if found.kind is QuestionKind.CV else _answer_form(found)
    draft = section_draft(campaign_id, make_form)
    if found.kind is QuestionKind.CV:
        return _cv(draft, found, advert)
    key, content = str(question_id), draft.content
    before = content.answers.get(key, "")
    form = make_form(version=draft.version, answer=before)

    def show(more: Any = ()) -> str:
        return render_template(
            "candidate/application/question.html", form=form, more=more, advert=advert, question=found,
            number=number, back=back_to(campaign_id), now=desk().now, is_long=len(found.text) > _LONGEST_HEADING,
            prompts=prompts_of(redact_answer(content, question_id, form.answer.data or "")),
        )  # fmt: skip

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    typed = form.answer.data or ""
    hidden = {**content.hidden, key: follow_change(before, typed, content.hidden.get(key, ()))}
    redaction = redact_answer(content, question_id, typed, hidden[key])
    disputed = {**content.disputed, key: follow_disputes(before, content.disputed.get(key, ()), redaction)}
    told = {"written": question_id} if prompts_of(redaction) else {}
    return save_section(
        draft, form, show, f"question {question_id}", target=back_to(campaign_id, **told),
        answers={**content.answers, key: typed}, hidden=hidden, disputed=disputed,
    )  # fmt: skip


class CvForm(SectionForm):
    document = forms.file(
        "Choose a file",
        hint="A PDF, Word document (.docx), OpenDocument text (.odt) or plain text, up to 10MB",
        accept=".pdf,.docx,.odt,.txt,text/plain",
    )


def _cv(draft: OpenDraft, asked: AskedQuestion, advert: Any) -> Any:
    form = CvForm(version=draft.version)
    held = read_documents(reading(), desk=desk(), draft=draft).get(asked.id)

    def show(more: Any = ()) -> str:
        return render_template(
            "candidate/application/cv.html", form=form, more=more, advert=advert, question=asked, held=held,
            back=back_to(draft.campaign_id), now=desk().now,
            number=advert.questions.index(asked) + 1,
            prompts=prompts_of(redact_answer(draft.content, asked.id, held.text)) if held else (),
        )  # fmt: skip

    if request.method != "POST":
        return show()
    if not form.validate():
        return show(), 400
    if form.document.data is None:
        if held is not None:
            return redirect(back_to(draft.campaign_id), 303)
        form.document.errors = ["Choose a file"]
        return show(), 400
    content = form.document.data.read()
    try:
        read = read_document(content, scanner=settings().scanner)
    except UnreadableDocument as refusal:
        form.document.errors = [refusal.sentence]
        return show(), 400

    def write(session: Any) -> None:
        attach_document(
            session,
            actor=acting(),
            desk=desk(),
            campaign_id=draft.campaign_id,
            version=posted_version(form),
            question_id=asked.id,
            document=Document(content, read.text, read.kind),
        )

    here = url_for("candidate.question", campaign_id=draft.campaign_id, question_id=asked.id, **request.args)
    return stored(draft, form, show, write) or redirect(here, 303)
