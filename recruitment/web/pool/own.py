"""One's own place in the panel pool: joining, what one can do, training, days away, and what one tells apart."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.errors import NotFound
from recruitment.rules.panel_members import Characteristic, Training
from recruitment.rules.pool import CONSENT_TO_CHECK, CONSENT_TO_PROPOSE, OPTIONS, TITLES, PoolAnswers
from recruitment.services import pool as pools
from recruitment.services.panel_policies import current_policy
from recruitment.services.panel_years import read_own_load
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.forms import Option, PageForm, checkbox, checkboxes, date, email, radios, select, text
from recruitment.web.pool import pool
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_SKILLS = (
    Option("can_chair", "Chair a panel", hint="You need the training for chairs."),
    Option("can_lead", "Lead on diversity and inclusion", hint="You need the training for inclusion leads."),
    Option("is_inclusion_adviser", "Sit as an inclusion adviser"),
)


def _facts_form(facts: pools.PoolFacts | None) -> Any:
    _, policy = current_policy(reading(), acting().organisation_id)
    if policy.grades:
        choices = [SelectChoice("", "Choose your grade"), *(SelectChoice(grade, grade) for grade in policy.grades)]
        grade: Any = select("Your grade", choices, required="Choose your grade")
    else:
        grade = text("Your grade", hint="For example, Band 7 or HEO", required="Enter your grade", width=10)
    fields = {
        "grade": grade,
        "directorate": text("Your directorate", required="Enter your directorate", width=20),
        "manager_email": email(
            "Your line manager’s email address (optional)",
            hint="So that a panel is not all from one line of management",
        ),
        "skills": checkboxes("What can you do on a panel? (optional)", _SKILLS),
        "network": text(
            "Staff network that you belong to (optional)", hint="Only if you want it used for panels", width=20
        ),
    }
    held = facts or pools.PoolFacts()
    return type("FactsForm", (PageForm,), fields)(
        grade=held.grade,
        directorate=held.directorate,
        manager_email=held.manager_email,
        network=held.network,
        skills=[name for name in ("can_chair", "can_lead", "is_inclusion_adviser") if getattr(held, name)],
    )


def _facts(form: Any) -> pools.PoolFacts:
    skills = set(form.skills.data or ())
    return pools.PoolFacts(
        form.grade.data or "",
        form.directorate.data or "",
        form.manager_email.data or "",
        "can_chair" in skills,
        "can_lead" in skills,
        "is_inclusion_adviser" in skills,
        form.network.data or "",
    )


@pool.get("")
@allow(Audience.STAFF)
def home() -> str:
    session, actor = reading(), acting()
    own = pools.read_own_membership(session, actor=actor, desk=staff_desk())
    return render_template(
        "pool/home.html",
        own=own,
        load=read_own_load(session, actor=actor, desk=staff_desk()) if own else None,
        recruits=pools.may_recruit(session, actor),
        today=staff_desk().now.date(),
    )


@pool.route("/membership", methods=["GET", "POST"])
@allow(Audience.STAFF)
def membership() -> Any:
    own = pools.read_own_membership(reading(), actor=acting(), desk=staff_desk())
    form = _facts_form(own.facts if own else None)

    def keep(session: Any) -> None:
        act = pools.change_membership if own else pools.join_pool
        act(session, actor=acting(), desk=staff_desk(), facts=_facts(form))

    if is_saved(form, keep):
        if own:
            return saved("Your place in the pool is changed.", "pool.home")
        return saved("You have joined the panel pool.", "pool.answers")
    return shown("pool/membership.html", form, own=own)


def _answers_form() -> type[PageForm]:
    fields: dict[str, Any] = {}
    for characteristic, options in OPTIONS.items():
        choices = [Option(code, label) for code, label in options]
        choices.append(Option("not_said", "Prefer not to say"))
        fields[str(characteristic)] = radios(f"{TITLES[characteristic]} (optional)", choices)
    fields["may_check"] = checkbox(CONSENT_TO_CHECK[0])
    fields["may_propose"] = checkbox(CONSENT_TO_PROPOSE[0])
    return type("AnswersForm", (PageForm,), fields)


@pool.route("/answers", methods=["GET", "POST"])
@allow(Audience.STAFF)
def answers() -> Any:
    """Give or replace what one tells of oneself. What was given before cannot be shown: nobody can read it."""
    if pools.read_own_membership(reading(), actor=acting(), desk=staff_desk()) is None:
        return redirect(url_for("pool.membership"), 303)
    form: Any = _answers_form()()

    def told(name: str) -> str:
        given = form[name].data or ""
        return "" if given == "not_said" else given

    def keep(session: Any) -> None:
        pools.give_answers(
            session,
            actor=acting(),
            desk=staff_desk(),
            answers=PoolAnswers(
                *(told(str(each)) for each in Characteristic),
                bool(form.may_check.data),
                bool(form.may_propose.data),
            ),
        )

    if is_saved(form, keep):
        return saved("Your answers are sealed. Nobody can read them, you included.", "pool.home")
    return shown("pool/answers.html", form, check=CONSENT_TO_CHECK, propose=CONSENT_TO_PROPOSE)


@pool.post("/answers/withdraw")
@allow(Audience.STAFF)
def withdraw_answers() -> Any:
    with writing() as session:
        pools.give_answers(session, actor=acting(), desk=staff_desk(), answers=PoolAnswers())
    return saved("What you told of yourself is erased.", "pool.home")


@pool.route("/leave", methods=["GET", "POST"])
@allow(Audience.STAFF)
def leave() -> Any:
    if request.method == "POST":
        with writing() as session:
            pools.leave_pool(session, actor=acting(), desk=staff_desk())
        return saved("You have left the pool. What it held of you is erased.", "pool.home")
    return render_template("pool/leave.html")


def _training_form() -> Any:
    _, policy = current_policy(reading(), acting().organisation_id)
    courses = [Option(course, title) for course, title in policy.courses.items()]
    fields = {
        "course": radios("Course", courses, required="Select the course"),
        "completed": date("When did you complete it?", required="Enter the day you completed it", noun="The day"),
        "expires": date(
            "Until when does it count? (optional)", hint="Leave it empty if it does not end", noun="The last day"
        ),
        "evidence": text(
            "Where is the evidence?", hint="For example, the number of a certificate", required="Say where it is"
        ),
    }
    return type("TrainingForm", (PageForm,), fields)()


@pool.route("/training", methods=["GET", "POST"])
@allow(Audience.STAFF)
def training() -> Any:
    form = _training_form()

    def keep(session: Any) -> None:
        pools.add_training(
            session,
            actor=acting(),
            desk=staff_desk(),
            training=Training(form.course.data, form.completed.data, form.expires.data, form.evidence.data or ""),
        )

    if is_saved(form, keep):
        return saved("Your training is added. It counts once a recruiter has confirmed it.", "pool.home")
    return shown("pool/training.html", form)


@pool.post("/training/remove")
@allow(Audience.STAFF)
def remove_training() -> Any:
    try:
        with writing() as session:
            pools.remove_training(session, actor=acting(), desk=staff_desk(), training_id=_posted("training"))
    except NotFound:
        return saved("That training is no longer there.", "pool.home")
    return saved("The training is removed.", "pool.home")


class AbsenceForm(PageForm):
    first_day = date("First day", required="Enter the first day", noun="The first day")
    last_day = date("Last day", required="Enter the last day", noun="The last day")


@pool.route("/absences", methods=["GET", "POST"])
@allow(Audience.STAFF)
def absences() -> Any:
    form: Any = AbsenceForm()

    def keep(session: Any) -> None:
        pools.add_absence(
            session, actor=acting(), desk=staff_desk(), first_day=form.first_day.data, last_day=form.last_day.data
        )

    if is_saved(form, keep):
        return saved("These days are kept free of panels.", "pool.home")
    return shown("pool/absences.html", form)


@pool.post("/absences/remove")
@allow(Audience.STAFF)
def remove_absence() -> Any:
    try:
        with writing() as session:
            pools.remove_absence(session, actor=acting(), absence_id=_posted("absence"))
    except NotFound:
        return saved("Those days are no longer there.", "pool.home")
    return saved("You can be asked for these days again.", "pool.home")


def _posted(name: str) -> UUID:
    try:
        return UUID(hex=request.form.get(name, ""))
    except ValueError:
        raise NotFound from None
