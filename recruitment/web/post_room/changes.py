"""“Something to change for somebody without email”: who it is, what they want, and that it is done.

Nothing that is held is shown: who telephones has the letter in their hand, and says what stands on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from wtforms.validators import StopValidation

from recruitment.rules.applications import Correction
from recruitment.rules.entries import FORMAT_TITLES, Acquaintance, EntryFormat
from recruitment.rules.errors import Invalid, TooLate
from recruitment.rules.recognition import Change, Told
from recruitment.rules.rights import RIGHT_TITLES, STANDING_WORDS
from recruitment.services.paper_changes import Recognised, make_change, read_recognised
from recruitment.services.recognitions import find_match, note_recognition
from recruitment.web import forms
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.forms import Option, PageForm
from recruitment.web.post_room import post_room
from recruitment.web.site import acting, staff_desk

_NO_MATCH = (
    "Nothing matches all that you typed. Read each back to them from the letter. Somebody with an email address "
    "signs in on the site instead"
)


class FindForm(PageForm):
    reference = forms.text(
        "Reference", hint="For example, LUMO-TIRA-42", required="Enter the reference on the letter", width=20,
        spellcheck=False,
    )  # fmt: skip
    name = forms.text(
        "Name on the envelope", required="Enter the name that stands on the envelope", spellcheck=False,
        noun="The name",
    )  # fmt: skip
    postcode = forms.text(
        "Postcode on the envelope", required="Enter the postcode that stands on the envelope", max_length=20,
        width=10, spellcheck=False, noun="The postcode",
    )  # fmt: skip
    letter_on = forms.date(
        "Date of the letter",
        hint="The letter that confirmed the application, or one on its outcome. For example, 27 11 2026",
        required="Enter the date of the letter",
        noun="The date of the letter",
    )
    format = forms.radios(
        "How do they ask?",
        [Option(one, title) for one, title in FORMAT_TITLES.items()],
        required="Select how they ask",
        is_inline=True,
    )
    known = forms.radios(
        "Are you related to them, or do you know them?",
        [
            Option(Acquaintance.NO, "No"),
            Option(Acquaintance.YES, "Yes"),
            Option(Acquaintance.ALONE, "Yes, and no colleague can do this instead"),
        ],
        hint="Family, friends, neighbours, and people you work or worked with",
        required="Say whether you know them",
    )

    def validate_known(self, field: Any) -> None:
        if field.data == Acquaintance.YES:
            raise StopValidation(
                "Pass this on to a colleague who does not know them and has no part in the campaign"
            )


@post_room.route("/something-to-change", methods=["GET", "POST"])
@allow(Audience.STAFF)
def find() -> Any:
    form: Any = FindForm()
    if form.validate_on_submit():
        told = Told(form.name.data, form.postcode.data, form.letter_on.data)
        try:
            match = find_match(
                reading(), actor=acting(), desk=staff_desk(), reference=form.reference.data, told=told
            )
            with writing() as session:
                found = note_recognition(
                    session,
                    actor=acting(),
                    desk=staff_desk(),
                    match=match,
                    entry_format=EntryFormat(form.format.data),
                    known=Acquaintance(form.known.data),
                )
        except TooLate as refusal:
            form.reference.errors = [refusal.sentence]
        else:
            if found is not None:
                return redirect(url_for("post_room.recognised", recognised_id=found), 303)
            form.reference.errors = [_NO_MATCH]
    return render_template("post_room/find.html", form=form), 400 if form.errors else 200


def _read(recognised_id: UUID) -> Recognised:
    return read_recognised(reading(), actor=acting(), desk=staff_desk(), recognition_id=recognised_id)


@post_room.get("/something-to-change/<uuid:recognised_id>")
@allow(Audience.STAFF)
def recognised(recognised_id: UUID) -> str:
    return render_template(
        "post_room/recognised.html", found=_read(recognised_id), titles=RIGHT_TITLES, standings=STANDING_WORDS
    )


@dataclass(frozen=True)
class Step:
    """`words`: what is said to them before, `after` it is done."""

    change: Change
    title: str
    words: str
    button: str
    done: str
    is_warning: bool = False


STEPS = {
    "withdraw": Step(
        Change.WITHDRAW,
        "Withdraw the application",
        "Nobody scores it any more, and it cannot be taken back. Whoever withdraws can apply again until the "
        "closing time.",
        "Withdraw it",
        "The application is withdrawn.",
        is_warning=True,
    ),
    "copy": Step(
        Change.COPY,
        "A copy of what we hold",
        "An administrator agrees first. The copy then waits in the post room, for the address that we hold. It is "
        "all that we hold of them, so whoever prints it sees it.",
        "Ask for the copy",
        "The copy is asked for. We answer within one month.",
    ),
    "stop-equality": Step(
        Change.STOP,
        "Stop using their equality answers",
        "They were not asked the equality questions, since they gave no email address. With this notice nobody "
        "asks them later either (Data Protection Act 2018, Schedule 1, paragraph 8).",
        "Record the notice",
        "The notice is recorded.",
    ),
}
ERASE_NOW = Step(
    Change.ERASE,
    "Erase the application",
    "It is withdrawn, and everything they gave is erased now. This cannot be undone. That there was an "
    "application stays in our figures, without anything that says whose.",
    "Erase it",
    "The application is withdrawn and erased.",
    is_warning=True,
)
ERASE_LATER = Step(
    Change.ERASE,
    "Ask for the application to be erased",
    "The shortlist is fixed, so an administrator decides within one month. The answer goes to them by post.",
    "Ask for it",
    "It is asked for. We answer within one month.",
)


@post_room.route(
    "/something-to-change/<uuid:recognised_id>/<any(withdraw, copy, erase, 'stop-equality'):what>",
    methods=["GET", "POST"],
)
@allow(Audience.STAFF)
def change(recognised_id: UUID, what: str) -> Any:
    found, form = _read(recognised_id), PageForm()
    step = STEPS.get(what) or (ERASE_NOW if found.is_erased_at_once else ERASE_LATER)
    if not form.validate_on_submit():
        return render_template("post_room/change.html", found=found, form=form, step=step)
    try:
        with writing() as session:
            make_change(
                session, actor=acting(), desk=staff_desk(), recognition_id=recognised_id, change=step.change
            )
    except TooLate as refusal:
        return render_template("post_room/change.html", found=found, form=form, step=step, refused=refusal), 409
    flash(f"{step.done} A letter that says so waits to be posted.")
    return redirect(url_for("post_room.recognised", recognised_id=recognised_id), 303)


class CorrectForm(PageForm):
    full_name = forms.text("Full name", spellcheck=False)
    address = forms.long_text("Postal address", hint="Each line of the address on its own line", rows=4)
    postcode = forms.text("Postcode", max_length=20, width=10, spellcheck=False)
    phone = forms.text("Telephone number", max_length=40, width=20, inputmode="tel")


@post_room.route("/something-to-change/<uuid:recognised_id>/correct", methods=["GET", "POST"])
@allow(Audience.STAFF)
def correct(recognised_id: UUID) -> Any:
    found, form = _read(recognised_id), CorrectForm()
    if request.method == "POST" and form.validate():
        lines = tuple(line.strip() for line in (form.address.data or "").splitlines() if line.strip())
        correction = Correction(
            full_name=form.full_name.data or "",
            phone=form.phone.data or "",
            address_lines=lines,
            postcode=form.postcode.data or "",
        )
        try:
            with writing() as session:
                make_change(
                    session,
                    actor=acting(),
                    desk=staff_desk(),
                    recognition_id=recognised_id,
                    change=Change.CORRECT,
                    correction=correction,
                )
        except Invalid as refusal:
            form[refusal.field].errors = [refusal.sentence]
        except TooLate as refusal:
            form.full_name.errors = [refusal.sentence]
        else:
            flash("The correction is being put in place. A letter says so, to the old address and to the new one.")
            return redirect(url_for("post_room.recognised", recognised_id=recognised_id), 303)
    return render_template("post_room/correct.html", found=found, form=form), 400 if form.errors else 200
