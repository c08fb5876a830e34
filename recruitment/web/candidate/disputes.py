"""“This was hidden wrongly”, and leaving it hidden after all: what a person outside the sift then decides on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from recruitment.rules.disputes import ask_to_show, leave_hidden
from recruitment.rules.hidden_passages import Passages
from recruitment.rules.redaction import Redaction
from recruitment.services.submissions import redact_texts
from recruitment.web import forms
from recruitment.web.access import Audience, allow
from recruitment.web.candidate import candidate
from recruitment.web.candidate.preview import content_of, here, number_of, preview_page
from recruitment.web.candidate.saving import SectionForm, save_section, section_draft
from recruitment.web.site import desk

Change = Callable[[Redaction, Passages, int], Passages | None]


class MarkForm(SectionForm):
    mark = forms.hidden(max_length=12)


@candidate.post("/campaigns/<uuid:campaign_id>/application/preview/<uuid:question_id>/ask")
@allow(Audience.CANDIDATE)
def ask_for_passage(campaign_id: UUID, question_id: UUID) -> Any:
    return _change(campaign_id, question_id, ask_to_show)


@candidate.post("/campaigns/<uuid:campaign_id>/application/preview/<uuid:question_id>/leave")
@allow(Audience.CANDIDATE)
def leave_passage_hidden(campaign_id: UUID, question_id: UUID) -> Any:
    return _change(campaign_id, question_id, leave_hidden)


def _change(campaign_id: UUID, question_id: UUID, change: Change) -> Any:
    """Change what is disputed of one answer, by the number of a mark on the page that was sent."""
    number = number_of(campaign_id, question_id)
    draft = section_draft(campaign_id, MarkForm)
    form = MarkForm()

    def show(more: Any = ()) -> str:
        return preview_page(draft, more=more)

    content = content_of(draft)
    before = tuple(content.disputed.get(question_id, ()))
    redaction = redact_texts(desk(), content).get(question_id)
    typed = form.mark.data or ""
    mark = int(typed) if typed.isascii() and typed.isdecimal() and form.validate() else 0
    after = change(redaction, before, mark) if redaction else None
    if after is None:
        sentence = "Those words are not hidden any more. Choose again from what is hidden now"
        return show(({"text": sentence, "href": f"#answer-{number}"},)), 400
    return save_section(
        draft, form, show, "preview", target=here(campaign_id, number, mark),
        disputed={**draft.content.disputed, str(question_id): after},
    )  # fmt: skip
