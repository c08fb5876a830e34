"""A candidate asks about the letter they got; the answer comes by mail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from recruitment.rules.correspondence import LONGEST
from recruitment.rules.errors import Invalid
from recruitment.services.correspondence import ask_about_letter, read_own_questions
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.forms import PageForm, long_text
from recruitment.web.site import acting, desk


class QuestionForm(PageForm):
    question = long_text(
        "What do you want to ask?",
        hint="We know your application by its reference. You need not give your name",
        required="Enter your question",
        max_length=LONGEST,
        rows=8,
    )


@candidate.route("/campaigns/<uuid:campaign_id>/application/questions", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def letter_questions(campaign_id: UUID) -> Any:
    found = read_own_questions(reading(), actor=acting(), campaign_id=campaign_id)
    form: Any = QuestionForm()
    if not found.why_not and form.validate_on_submit():
        try:
            with writing() as session:
                ask_about_letter(
                    session, actor=acting(), desk=desk(), campaign_id=campaign_id, text=form.question.data or ""
                )
            return redirect(url_for("candidate.letter_questions", campaign_id=campaign_id, sent=1), 303)
        except Invalid as refusal:
            form.question.errors = [refusal.sentence]
    page = render_template(
        "candidate/correspondence/ask.html", found=found, form=form, is_sent="sent" in request.args
    )
    return page, 400 if form.errors else 200
