"""Declaration rates from published figures, and drives to raise them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.declaration_rates import NO_CAUSE
from recruitment.services.declaration_drives import (
    LONGEST,
    TITLES,
    begin_drive,
    conclude_drive,
    read_drive,
    read_drives,
    sets_to_try,
)
from recruitment.services.declaration_rates import Told, list_told
from recruitment.web.access import Audience, allow, reading
from recruitment.web.analyst import analyst
from recruitment.web.forms import Option, PageForm, checkboxes, date, long_text, select, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


def _asked_anywhere(told: list[Told]) -> list[str]:
    return [key for key in TITLES if any(one.rate(key) for one in told)]


@analyst.get("/declaration-rates")
@allow(Audience.STAFF)
def declaration_rates() -> str:
    told = list_told(reading(), actor=acting())
    questions = _asked_anywhere(told)
    chosen = request.args.get("question", "")
    latest = [(key, TITLES[key], next((one, one.rate(key)) for one in told if one.rate(key))) for key in questions]
    return render_template(
        "analyst/declaration/rates.html",
        latest=latest,
        question=(chosen, TITLES[chosen]) if chosen in questions else None,
        history=[(one, one.rate(chosen)) for one in told if one.rate(chosen)],
    )


@analyst.get("/declaration-drives")
@allow(Audience.STAFF)
def declaration_drives() -> str:
    return render_template("analyst/declaration/drives.html", listed=read_drives(reading(), actor=acting()))


def _new_form() -> Any:
    sets = sets_to_try(reading(), actor=acting())
    asked = {key for each in sets for key in each.characteristics}
    fields = {
        "title": text("Name of the drive", required="Enter a name for the drive"),
        "aim": long_text(
            "What is it for?",
            hint="For example: more applicants tell us whether they are disabled",
            required="Say what the drive is for",
            max_length=LONGEST,
            rows=3,
        ),
        "questions": checkboxes(
            "Which questions?",
            [Option(key, title) for key, title in TITLES.items() if key in asked],
            required="Select at least one question",
        ),
        "set_version": select(
            "Which version of the equality questions is tried?",
            [
                SelectChoice(
                    str(each.number),
                    f"Version {each.number}" if each.number else "The questions that are shipped",
                )
                for each in sets
            ],
            hint="Another “why we ask” text is a new version, made by an administrator",
        ),
        "begins": date("First day", required="Enter the first day"),
        "ends": date("Last day", required="Enter the last day"),
    }
    return type("NewDriveForm", (PageForm,), fields)()


@analyst.route("/declaration-drives/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_drive() -> Any:
    form = _new_form()
    made: list[UUID] = []

    def begin(session: Any) -> None:
        made.append(
            begin_drive(
                session,
                actor=acting(),
                desk=staff_desk(),
                title=form.title.data or "",
                aim=form.aim.data or "",
                questions=form.questions.data or [],
                set_version=int(form.set_version.data or 0),
                begins=form.begins.data,
                ends=form.ends.data,
            )
        )

    if is_saved(form, begin):
        return redirect(url_for("analyst.declaration_drive", drive_id=made[0]), 303)
    return shown("analyst/declaration/new_drive.html", form)


@analyst.route("/declaration-drives/<uuid:drive_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def declaration_drive(drive_id: UUID) -> Any:
    found = read_drive(reading(), actor=acting(), drive_id=drive_id)
    told = [
        SelectChoice(one.key, f"{one.title} ({one.day.day} {one.day:%B %Y})")
        for one in list_told(reading(), actor=acting())
    ]
    choices = [SelectChoice("", "Not chosen yet"), *told]
    fields = {
        "before": select("Published figures before", choices),
        "after": select("Published figures afterwards", choices),
        "conclusion": long_text(
            "What do you conclude?",
            hint="What you do next. Figures before and afterwards do not show what made a difference",
            max_length=LONGEST,
            rows=4,
        ),
    }
    stored = {
        "before": found.before.key if found.before else "",
        "after": found.after.key if found.after else "",
        "conclusion": found.conclusion,
    }
    form: Any = type("DriveForm", (PageForm,), fields)(**stored)

    def conclude(session: Any) -> None:
        conclude_drive(
            session,
            actor=acting(),
            desk=staff_desk(),
            drive_id=drive_id,
            before=form.before.data or "",
            after=form.after.data or "",
            conclusion=form.conclusion.data or "",
        )

    if is_saved(form, conclude):
        return saved("Kept.", "analyst.declaration_drive", drive_id=drive_id)
    return shown("analyst/declaration/drive.html", form, found=found, no_cause=NO_CAUSE)
