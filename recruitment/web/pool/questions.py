"""The library of inclusion questions: drafted by a group, approved by senior leadership."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Role
from recruitment.services.inclusion_questions import (
    LONGEST_GUIDE,
    LONGEST_TEXT,
    LibraryQuestion,
    approve_question,
    draft_question,
    list_inclusion_questions,
    retire_question,
)
from recruitment.web.access import Audience, allow, reading, roles_here, writing
from recruitment.web.forms import PageForm, long_text, text
from recruitment.web.pool import pool
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class DraftForm(PageForm):
    question = long_text("The question", required="Enter the question", max_length=LONGEST_TEXT, rows=3)
    guide = long_text(
        "The scoring guide",
        hint="What a weak, a good and a strong answer shows",
        required="Enter the scoring guide",
        max_length=LONGEST_GUIDE,
        rows=6,
    )
    drafted_by = text(
        "Which group drafted it?", hint="For example, a staff networks’ group", required="Say who did"
    )


class ApproveForm(PageForm):
    approved_by = text(
        "Who approved it, and when?",
        hint="The senior leader or board, and the date of the meeting",
        required="Say who approved it, and when",
    )


@pool.get("/questions")
@allow(Audience.STAFF)
def questions() -> Any:
    library = list_inclusion_questions(reading(), actor=acting())
    return render_template(
        "pool/questions.html", library=library, is_administrator=Role.ADMINISTRATOR in roles_here()
    )


@pool.route("/questions/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def draft() -> Any:
    number = request.args.get("number", type=int)
    older = None
    library = list_inclusion_questions(reading(), actor=acting())
    if number is not None:
        older = next((each for each in library if each.number == number), None)
        if older is None:
            raise NotFound
    form: Any = DraftForm(question=older.text, guide=older.guide) if older else DraftForm()

    def keep(session: Any) -> None:
        draft_question(
            session,
            actor=acting(),
            desk=staff_desk(),
            text=form.question.data or "",
            guide=form.guide.data or "",
            drafted_by=form.drafted_by.data or "",
            number=number,
        )

    if is_saved(form, keep, text="question"):
        return saved("The draft is in the library. An administrator enters its approval.", "pool.questions")
    return shown("pool/draft.html", form, older=older)


def _one(question_id: UUID) -> LibraryQuestion:
    library = list_inclusion_questions(reading(), actor=acting())
    found = next((each for each in library if each.id == question_id), None)
    if found is None:
        raise NotFound
    return found


@pool.route("/questions/<uuid:library_id>/approval", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def approve(library_id: UUID) -> Any:
    question = _one(library_id)
    form: Any = ApproveForm()

    def keep(session: Any) -> None:
        approve_question(
            session,
            actor=acting(),
            desk=staff_desk(),
            question_id=library_id,
            approved_by=form.approved_by.data or "",
        )

    if is_saved(form, keep):
        return saved("The question is approved. Campaigns can choose it.", "pool.questions")
    return shown("pool/approve.html", form, question=question)


@pool.post("/questions/<uuid:library_id>/retire")
@allow(Role.ADMINISTRATOR)
def retire(library_id: UUID) -> Any:
    with writing() as session:
        retire_question(session, actor=acting(), desk=staff_desk(), question_id=library_id)
    return saved("The question can no longer be chosen.", "pool.questions")
