"""Candidates' questions about their letters: listed by reference, opened one by one, and answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.correspondence import LONGEST
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.correspondence_answers import (
    answer_question,
    has_letter,
    list_questions_asked,
    open_question,
    read_question,
)
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.links import where_to_ask
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/questions-asked"


class AnswerForm(PageForm):
    answer = long_text(
        "Your answer",
        hint="It goes by e-mail. Tell nothing of other candidates, and not who scored",
        required="Enter the answer",
        max_length=LONGEST,
        rows=8,
    )


@recruiter.get(_PATH)
@allow(Permission.WRITE_TO_CANDIDATES)
def questions_asked(campaign_id: UUID) -> str:
    listed = list_questions_asked(reading(), actor=acting(), campaign_id=campaign_id)
    facts = read_facts(
        reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.WRITE_TO_CANDIDATES
    )
    return render_template("recruiter/correspondence/list.html", facts=facts, listed=listed)


def _page(campaign_id: UUID, question_id: UUID, opened: Any, form: Any) -> str:
    row, reference = read_question(reading(), actor=acting(), campaign_id=campaign_id, question_id=question_id)
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "recruiter/correspondence/question.html",
        facts=facts,
        asked_at=row.asked_at,
        question_id=question_id,
        reference=reference,
        has_letter=has_letter(reading(), actor=acting(), campaign_id=campaign_id, question_id=question_id),
        opened=opened,
        form=form,
    )


@recruiter.get(f"{_PATH}/<uuid:asked_id>")
@allow(Permission.WRITE_TO_CANDIDATES)
def question_asked(campaign_id: UUID, asked_id: UUID) -> str:
    """Nothing is opened by following a link."""
    return _page(campaign_id, asked_id, None, None)


@recruiter.post(f"{_PATH}/<uuid:asked_id>")
@allow(Permission.WRITE_TO_CANDIDATES)
def show_question(campaign_id: UUID, asked_id: UUID) -> str:
    opened = open_question(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, question_id=asked_id
    )
    # What arrived was the press of a button and no answer.
    return _page(campaign_id, asked_id, opened, AnswerForm(None))


@recruiter.post(f"{_PATH}/<uuid:asked_id>/answer")
@allow(Permission.WRITE_TO_CANDIDATES)
def answer(campaign_id: UUID, asked_id: UUID) -> Any:
    """What was typed comes back with its error; the question is then opened, and recorded, again."""
    read_question(reading(), actor=acting(), campaign_id=campaign_id, question_id=asked_id)
    form: Any = AnswerForm()

    def keep(session: Any) -> None:
        answer_question(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            question_id=asked_id,
            text=form.answer.data or "",
            ask_address=where_to_ask(campaign_id),
        )

    if is_saved(form, keep):
        return saved("The answer is on its way.", "recruiter.questions_asked", campaign_id=campaign_id)
    opened = open_question(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, question_id=asked_id
    )
    return _page(campaign_id, asked_id, opened, form), 400
