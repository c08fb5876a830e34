"""“You have written your name here”: told while an answer is written and once it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import Draft
from recruitment.rules.errors import NotFound
from recruitment.rules.hidden_passages import Passages
from recruitment.rules.prompts import Prompt, prompts_of
from recruitment.rules.redaction import Redaction
from recruitment.services.drafts import OpenDraft
from recruitment.services.submissions import ApplicationContent, redact_texts
from recruitment.services.vacancies import AdvertisedCampaign
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import advert_of, own_draft
from recruitment.web.forms import PageForm
from recruitment.web.site import desk

_MOST_CHARACTERS = 60_000


@dataclass(frozen=True)
class Told:
    """What the answer just saved holds that shortlisters will not read; `where` as in “in question 2”."""

    question_id: UUID
    where: str
    prompts: tuple[Prompt, ...]


def redact_answer(content: Draft, question_id: UUID, text: str, hidden: Passages = ()) -> Redaction:
    """One answer as shortlisters would read it, saved or not."""
    whole = ApplicationContent(content.identity(), {question_id: text}, hidden={question_id: hidden})
    return redact_texts(desk(), whole)[question_id]


def told_after_saving(draft: OpenDraft, advert: AdvertisedCampaign) -> Told | None:
    """What to say about the answer that the address names, on the page that follows its saving."""
    written = request.args.get("written", "")
    for number, question in enumerate(advert.questions, 1):
        if str(question.id) == written and question.kind is not QuestionKind.CV:
            text = draft.content.answers.get(written, "")
            prompts = prompts_of(redact_answer(draft.content, question.id, text))
            is_statement = question.kind is QuestionKind.STATEMENT
            where = "in your statement" if is_statement else f"in question {number}"
            return Told(question.id, where, prompts) if prompts else None
    return None


class TypedForm(PageForm):
    answer = forms.long_text("Your answer", max_length=_MOST_CHARACTERS)


@candidate.post("/campaigns/<uuid:campaign_id>/application/question/<uuid:question_id>/prompts")
@allow(Audience.CANDIDATE, write=False)
def typed_prompts(campaign_id: UUID, question_id: UUID) -> Any:
    """The prompts for what stands in the page and is not saved; a script asks, and nothing is kept."""
    if all(question.id != question_id for question in advert_of(campaign_id).questions):
        raise NotFound
    draft, form = own_draft(campaign_id), TypedForm()
    prompts: tuple[Prompt, ...] = ()
    if not draft.is_closed and form.validate():
        prompts = prompts_of(redact_answer(draft.content, question_id, form.answer.data or ""))
    return render_template("candidate/application/prompts_typed.html", prompts=prompts)
