"""The optional equality questions: page after page, carried by the person's own browser, sealed at the end.

Nothing typed here enters the session, a draft or a log: the answers go from page to page as hidden fields.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request, url_for

from recruitment.rules.equality_questions import (
    AGE,
    Page,
    UnknownAnswer,
    age_band,
    check_answers,
    is_asked,
)
from recruitment.rules.question_sets import QuestionSet
from recruitment.services.equality_answers import (
    has_stopped,
    may_change_equality_answers,
    prepare_equality_answers,
    prepare_equality_withdrawals,
    store_equality_row,
)
from recruitment.services.question_sets import asked_in
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.candidate import candidate
from recruitment.web.candidate.saving import advert_of
from recruitment.web.equality_forms import answers_in, page_form
from recruitment.web.forms import Option, PageForm
from recruitment.web.site import acting, desk

_UK = ZoneInfo("Europe/London")
_CARRIED = "given-"
_BORN = "Enter your date of birth or leave blank"


def _wanted_form(minutes: int) -> Any:
    wanted = forms.radios(
        "Do you want to answer the equality questions?",
        [
            Option("yes", f"Yes, answer the equality questions (takes {minutes} minutes)"),
            Option("no", "No, skip the equality questions"),
        ],
        hint="These questions are optional. Your answers will not affect your application.",
        required="Select yes if you want to answer the equality questions",
    )
    return type("WantedForm", (PageForm,), {"wanted": wanted})()


@candidate.route("/campaigns/<uuid:campaign_id>/equality", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def equality_start(campaign_id: UUID) -> Any:
    if not may_change_equality_answers(reading(), actor=acting(), campaign_id=campaign_id):
        return _counted(campaign_id)
    form = _wanted_form(asked_in(reading(), campaign_id).minutes)
    if request.method == "POST" and form.validate():
        view = "equality_questions" if form.wanted.data == "yes" else "own_applications"
        values = {"campaign_id": campaign_id} if form.wanted.data == "yes" else {}
        return redirect(url_for(f"candidate.{view}", **values), 303)
    page = render_template("candidate/equality/start.html", form=form, advert=advert_of(campaign_id))
    return page, 400 if form.errors else 200


def _counted(campaign_id: UUID) -> str:
    is_stopped = has_stopped(reading(), acting())
    return render_template("candidate/equality/counted.html", advert=advert_of(campaign_id), is_stopped=is_stopped)


def _given(questions: QuestionSet) -> dict[str, str]:
    """The answers that the browser carries; a tampered one starts the questions afresh."""
    sent = {
        name.removeprefix(_CARRIED): value for name, value in request.form.items() if name.startswith(_CARRIED)
    }
    try:
        return check_answers(sent, questions)
    except UnknownAnswer:
        return {}


def _asked(questions: QuestionSet, answers: dict[str, str]) -> list[Page]:
    return [page for page in questions.pages if any(is_asked(question, answers) for question in page.questions)]


def _show(campaign_id: UUID, questions: QuestionSet, page: Page, answers: dict[str, str], form: Any = None) -> str:
    keys = {question.key for question in page.questions}
    elsewhere = {key: value for key, value in answers.items() if key.removesuffix("_text") not in keys}
    asked = _asked(questions, answers)
    return render_template(
        "candidate/equality/questions.html",
        campaign_id=campaign_id,
        advert=advert_of(campaign_id),
        page=page,
        reasons=questions.reasons_on(page),
        form=form or page_form(page, answers),
        carried={_CARRIED + key: value for key, value in elsewhere.items()},
        kept_age=answers.get(AGE, "") if AGE in keys else "",
        is_first=page.key == asked[0].key,
    )


@candidate.route("/campaigns/<uuid:campaign_id>/equality/questions", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def equality_questions(campaign_id: UUID) -> Any:
    if not may_change_equality_answers(reading(), actor=acting(), campaign_id=campaign_id):
        return _counted(campaign_id)
    questions = asked_in(reading(), campaign_id)
    pages = questions.pages
    if request.method != "POST":
        return _show(campaign_id, questions, pages[0], {})
    answers = _given(questions)
    page = next((one for one in pages if one.key == request.form.get("page")), pages[0])
    form = page_form(page, {}, is_sent=True)
    is_valid = form.validate()
    goes_back = request.form.get("go") == "back"
    if is_valid or not goes_back:
        is_valid = is_valid and _take(campaign_id, page, form, answers)
    if goes_back:
        asked = _asked(questions, answers)
        place = next((at for at, one in enumerate(asked) if one.key == page.key), 0)
        return _show(campaign_id, questions, asked[max(0, place - 1)], answers)
    if not is_valid:
        return _show(campaign_id, questions, page, answers, form), 400
    following = [one for one in pages[pages.index(page) + 1 :] if one in _asked(questions, answers)]
    if following:
        return _show(campaign_id, questions, following[0], answers)
    return _store(campaign_id, answers)


def _take(campaign_id: UUID, page: Page, form: Any, answers: dict[str, str]) -> bool:
    """Put the page's answers among the others; False with the error on the form."""
    typed = answers_in(page, form)
    for question in page.questions:
        answers.pop(question.key, None)
        answers.pop(f"{question.key}_text", None)
    if page.questions[0].key == AGE and form[AGE].data is not None:
        closes_on = advert_of(campaign_id).closes_at.astimezone(_UK).date()
        try:
            typed = {AGE: age_band(form[AGE].data, closes_on)}
        except ValueError:
            form[AGE].errors = [_BORN]
            return False
    answers |= typed
    return True


def _store(campaign_id: UUID, answers: dict[str, str]) -> Any:
    blob = prepare_equality_answers(
        reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, answers=answers
    )
    with writing() as session:
        store_equality_row(session, campaign_id=campaign_id, blob=blob)
    return redirect(url_for("candidate.equality_done", campaign_id=campaign_id), 303)


@candidate.get("/campaigns/<uuid:campaign_id>/equality/done")
@allow(Audience.CANDIDATE)
def equality_done(campaign_id: UUID) -> str:
    may_change_equality_answers(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template("candidate/equality/done.html", advert=advert_of(campaign_id), is_withdrawn=False)


@candidate.get("/campaigns/<uuid:campaign_id>/equality/change")
@allow(Audience.CANDIDATE)
def equality_change(campaign_id: UUID) -> str:
    if not may_change_equality_answers(reading(), actor=acting(), campaign_id=campaign_id):
        return _counted(campaign_id)
    return render_template("candidate/equality/change.html", advert=advert_of(campaign_id))


@candidate.route("/campaigns/<uuid:campaign_id>/equality/withdraw", methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def equality_withdraw(campaign_id: UUID) -> str:
    advert = advert_of(campaign_id)
    if not may_change_equality_answers(reading(), actor=acting(), campaign_id=campaign_id):
        return _counted(campaign_id)
    if request.method != "POST":
        return render_template("candidate/equality/withdraw.html", advert=advert)
    for blob in prepare_equality_withdrawals(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id):
        with writing() as session:
            store_equality_row(session, campaign_id=campaign_id, blob=blob)
    return render_template("candidate/equality/done.html", advert=advert, is_withdrawn=True)
