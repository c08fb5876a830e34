"""“This is what shortlisters will read”: the redacted answers, of which the candidate can hide more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, url_for

from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.errors import NotFound
from recruitment.rules.hidden_passages import hide_also, own_passages, show_again
from recruitment.services.drafts import OpenDraft
from recruitment.services.redacted import ShownPart, pieces_of, shown_parts
from recruitment.services.submissions import ApplicationContent, content_of_draft, redact_texts
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import SectionForm, advert_of, own_draft, save_section, section_draft
from recruitment.web.site import acting, desk


class HideForm(SectionForm):
    passage = forms.long_text(
        "Hide something else in this answer",
        hint="Copy the words from above and paste them here. They are hidden everywhere in this answer.",
        required="Enter the words to hide",
        max_length=None,
        noun="The words to hide",
        rows=2,
    )


class ShowAgainForm(SectionForm):
    passage = forms.hidden(max_length=30_000)


@dataclass(frozen=True)
class PreviewedAnswer:
    """`own`: what the candidate has hidden, in the words they hid."""

    id: UUID
    number: int
    question: str
    parts: tuple[ShownPart, ...]
    own: tuple[str, ...]
    form: HideForm


def _content(campaign_id: UUID) -> ApplicationContent:
    return content_of_draft(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id)


def _page(draft: OpenDraft, failed: HideForm | None = None, failed_id: UUID | None = None, more: Any = ()) -> str:
    advert = advert_of(draft.campaign_id)
    content = _content(draft.campaign_id)
    redacted = redact_texts(desk(), content)
    answers = []
    for number, question in enumerate(advert.questions, 1):
        redaction = redacted.get(question.id)
        form = failed if failed is not None and question.id == failed_id else _hide_form(number)
        form.version.data = str(draft.version)
        answers.append(
            PreviewedAnswer(
                question.id,
                number,
                "Your CV" if question.kind is QuestionKind.CV else question.text,
                shown_parts(pieces_of(redaction)) if redaction else (),
                own_passages(content.texts.get(question.id, ""), content.hidden.get(question.id, ())),
                form,
            )
        )
    return render_template(
        "candidate/application/preview.html", advert=advert, answers=answers, form=failed, more=more,
        version=draft.version,
    )  # fmt: skip


def _hide_form(number: int) -> HideForm:
    # A prefix for each answer: the page holds one such form for every one of them.
    return HideForm(prefix=f"answer-{number}-")


@candidate.get("/campaigns/<uuid:campaign_id>/application/preview")
@allow(Audience.CANDIDATE)
def preview(campaign_id: UUID) -> str:
    return _page(own_draft(campaign_id))


def _number_of(campaign_id: UUID, question_id: UUID) -> int:
    for number, question in enumerate(advert_of(campaign_id).questions, 1):
        if question.id == question_id:
            return number
    raise NotFound


def _here(campaign_id: UUID, number: int) -> str:
    return url_for("candidate.preview", campaign_id=campaign_id, _anchor=f"heading-{number}")


@candidate.post("/campaigns/<uuid:campaign_id>/application/preview/<uuid:question_id>/hide")
@allow(Audience.CANDIDATE)
def hide_passage(campaign_id: UUID, question_id: UUID) -> Any:
    number = _number_of(campaign_id, question_id)
    draft = section_draft(campaign_id, lambda: _hide_form(number))
    form = _hide_form(number)

    def show(more: Any = ()) -> str:
        return _page(draft, form, question_id, more)

    if not form.validate():
        return show(), 400
    content, key = _content(campaign_id), str(question_id)
    text, before = content.texts.get(question_id, ""), content.hidden.get(question_id, ())
    after = hide_also(text, before, form.passage.data)
    if after == tuple(sorted(before)):
        form.passage.errors = ["Enter words that are in this answer and not hidden yet, exactly as you wrote them"]
        return show(), 400
    hidden = {**draft.content.hidden, key: after}
    return save_section(draft, form, show, "preview", target=_here(campaign_id, number), hidden=hidden)


@candidate.post("/campaigns/<uuid:campaign_id>/application/preview/<uuid:question_id>/show-again")
@allow(Audience.CANDIDATE)
def show_passage_again(campaign_id: UUID, question_id: UUID) -> Any:
    number = _number_of(campaign_id, question_id)
    draft = section_draft(campaign_id, ShowAgainForm)
    form = ShowAgainForm()
    content, key = _content(campaign_id), str(question_id)
    before = content.hidden.get(question_id, ())
    after = show_again(content.texts.get(question_id, ""), before, form.passage.data or "")
    hidden = {**draft.content.hidden, key: after}

    def show(more: Any = ()) -> str:
        return _page(draft, more=more)

    return save_section(draft, form, show, "preview", target=_here(campaign_id, number), hidden=hidden)
