"""“This is what shortlisters will read”: the redacted answers, of which the candidate can hide more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for

from recruitment.rules.disputes import WARNINGS, count_asked
from recruitment.rules.errors import NotFound
from recruitment.rules.hidden_passages import hide_also, show_again
from recruitment.rules.previews import (
    HiddenGroup,
    OwnWords,
    PreviewPart,
    ReadAs,
    hidden_groups,
    own_words,
    preview_parts,
    read_as,
)
from recruitment.services.drafts import OpenDraft
from recruitment.services.submissions import ApplicationContent, content_of_draft, redact_texts
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import SectionForm, advert_of, own_draft, save_section, section_draft
from recruitment.web.candidate.tasks import short_title
from recruitment.web.site import acting, desk

FEW = 6
"""Entries that an answer's list shows at once; with more, each reason opens by itself."""


class HideForm(SectionForm):
    passage = forms.long_text(
        "Words to hide",
        hint="Copy them from the answer and paste them here. They are then hidden wherever they stand in it.",
        required="Enter the words to hide",
        max_length=None,
        noun="The words to hide",
        rows=2,
    )


class ShowAgainForm(SectionForm):
    passage = forms.hidden(max_length=30_000)


@dataclass(frozen=True)
class PreviewedAnswer:
    """`own`: what the candidate has hidden; `changed`: the mark whose words were just asked for or left."""

    id: UUID
    number: int
    title: str
    question: str
    parts: tuple[PreviewPart, ...]
    groups: tuple[HiddenGroup, ...]
    read_as: tuple[ReadAs, ...]
    own: tuple[OwnWords, ...]
    form: HideForm
    changed: int

    @property
    def marks(self) -> int:
        return sum(1 for part in self.parts if part.mark)

    @property
    def is_folded(self) -> bool:
        """Whether each reason is opened by itself."""
        return sum(len(group.entries) for group in self.groups) > FEW


def content_of(draft: OpenDraft) -> ApplicationContent:
    return content_of_draft(reading(), actor=acting(), desk=desk(), campaign_id=draft.campaign_id, draft=draft)


def preview_page(
    draft: OpenDraft, failed: HideForm | None = None, failed_id: UUID | None = None, more: Any = ()
) -> str:
    advert = advert_of(draft.campaign_id)
    content = content_of(draft)
    redacted = redact_texts(desk(), content)
    changed = (request.args.get("answer", ""), request.args.get("mark", ""))
    answers = []
    for number, question in enumerate(advert.questions, 1):
        redaction = redacted.get(question.id)
        if redaction is not None and not redaction.original.strip():
            redaction = None
        form = failed if failed is not None and question.id == failed_id else _hide_form(number)
        form.version.data = str(draft.version)
        is_changed = changed[0] == str(number) and changed[1].isascii() and changed[1].isdecimal()
        answers.append(
            PreviewedAnswer(
                question.id,
                number,
                title := short_title(question, number, len(advert.questions)),
                title if title == "Your CV" else question.text,
                preview_parts(redaction) if redaction else (),
                hidden_groups(redaction) if redaction else (),
                read_as(redaction) if redaction else (),
                own_words(redaction, content.hidden.get(question.id, ())) if redaction else (),
                form,
                int(changed[1][:6]) if is_changed else 0,
            )
        )
    return render_template(
        "candidate/application/preview.html", advert=advert, answers=answers, form=failed, more=more,
        version=draft.version, warnings=WARNINGS, asked=count_asked(redacted.values()),
    )  # fmt: skip


def _hide_form(number: int) -> HideForm:
    # A prefix for each answer: the page holds one such form for every one of them.
    return HideForm(prefix=f"answer-{number}-")


@candidate.get("/campaigns/<uuid:campaign_id>/application/preview")
@allow(Audience.CANDIDATE)
def preview(campaign_id: UUID) -> str:
    return preview_page(own_draft(campaign_id))


def number_of(campaign_id: UUID, question_id: UUID) -> int:
    for number, question in enumerate(advert_of(campaign_id).questions, 1):
        if question.id == question_id:
            return number
    raise NotFound


def here(campaign_id: UUID, number: int, mark: int = 0) -> str:
    """The preview again, at an answer, or at the words of one mark of it."""
    if not mark:
        return url_for("candidate.preview", campaign_id=campaign_id, _anchor=f"answer-{number}")
    anchor = f"words-{number}-{mark}"
    return url_for("candidate.preview", campaign_id=campaign_id, answer=number, mark=mark, _anchor=anchor)


@candidate.post("/campaigns/<uuid:campaign_id>/application/preview/<uuid:question_id>/hide")
@allow(Audience.CANDIDATE)
def hide_passage(campaign_id: UUID, question_id: UUID) -> Any:
    number = number_of(campaign_id, question_id)
    draft = section_draft(campaign_id, lambda: _hide_form(number))
    form = _hide_form(number)

    def show(more: Any = ()) -> str:
        return preview_page(draft, form, question_id, more)

    if not form.validate():
        return show(), 400
    content, key = content_of(draft), str(question_id)
    text, before = content.texts.get(question_id, ""), content.hidden.get(question_id, ())
    after = hide_also(text, before, form.passage.data)
    if after == tuple(sorted(before)):
        form.passage.errors = ["Enter words that are in this answer and not hidden yet, exactly as you wrote them"]
        return show(), 400
    hidden = {**draft.content.hidden, key: after}
    return save_section(draft, form, show, "preview", target=here(campaign_id, number), hidden=hidden)


@candidate.post("/campaigns/<uuid:campaign_id>/application/preview/<uuid:question_id>/show-again")
@allow(Audience.CANDIDATE)
def show_passage_again(campaign_id: UUID, question_id: UUID) -> Any:
    number = number_of(campaign_id, question_id)
    draft = section_draft(campaign_id, ShowAgainForm)
    form = ShowAgainForm()
    content, key = content_of(draft), str(question_id)
    before = content.hidden.get(question_id, ())
    after = show_again(content.texts.get(question_id, ""), before, form.passage.data or "")
    hidden = {**draft.content.hidden, key: after}

    def show(more: Any = ()) -> str:
        return preview_page(draft, more=more)

    return save_section(draft, form, show, "preview", target=here(campaign_id, number), hidden=hidden)
