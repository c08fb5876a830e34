"""The body's wordings of outcome letters: read, written anew, and approved by somebody else."""

from __future__ import annotations

from typing import Any

from flask import render_template

from recruitment.rules.errors import NotFound, Stale, TooLate
from recruitment.rules.letter_wordings import LONGEST_BODY, LONGEST_SUBJECT, Wording, placeholders_of
from recruitment.rules.letters import KIND_TITLES, LetterKind
from recruitment.services.letter_wordings import (
    KindWording,
    approve_wording,
    list_letter_wordings,
    preview_invented,
    read_letter_wording,
    suggest_welsh,
    write_wording,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.forms import PageForm, hidden, long_text, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class WordingForm(PageForm):
    subject = text("Subject", required="Enter the subject of the letter", max_length=LONGEST_SUBJECT)
    body = long_text("Text", required="Enter the text of the letter", max_length=LONGEST_BODY, rows=18)
    welsh_subject = text(
        "Subject in Welsh", hint="Leave both empty if you do not write in Welsh", max_length=LONGEST_SUBJECT
    )
    welsh_body = long_text("Text in Welsh", max_length=LONGEST_BODY, rows=18)
    seen = hidden(max_length=10)


class ApproveForm(PageForm):
    seen = hidden(max_length=10)


def _kind(outcome: str) -> LetterKind:
    try:
        return LetterKind(outcome)
    except ValueError:
        raise NotFound from None


def _newest(found: KindWording) -> int:
    return max(one.version for one in (found.in_force, found.waiting) if one is not None)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isdecimal() else -1


@recruiter.get("/letter-wordings")
@allow(Audience.STAFF)
def letter_wordings() -> str:
    listed = list_letter_wordings(reading(), actor=acting())
    return render_template("recruiter/letters/wordings.html", listed=listed, titles=KIND_TITLES)


@recruiter.get("/letter-wordings/<outcome>")
@allow(Audience.STAFF)
def letter_wording(outcome: str) -> str:
    """What is in force, what waits, and both as an invented person would read them."""
    kind = _kind(outcome)
    found = read_letter_wording(reading(), actor=acting(), kind=kind)
    shown_of = {one.version: preview_invented(kind, one.wording) for one in (found.waiting, found.in_force) if one}
    return render_template(
        "recruiter/letters/wording.html",
        found=found,
        title=KIND_TITLES[kind],
        previews=shown_of,
        form=ApproveForm(seen=str(_newest(found))),
    )


@recruiter.route("/letter-wordings/<outcome>/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_letter_wording(outcome: str) -> Any:
    kind = _kind(outcome)
    found = read_letter_wording(reading(), actor=acting(), kind=kind)
    newest = found.waiting or found.in_force
    welsh = suggest_welsh(kind, newest.wording) if newest else None
    form: Any = WordingForm(
        subject=newest.wording.subject if newest else "",
        body=newest.wording.body if newest else "",
        welsh_subject=welsh.subject if welsh else "",
        welsh_body=welsh.body if welsh else "",
        seen=str(_newest(found)),
    )

    def keep(session: Any) -> None:
        write_wording(
            session,
            actor=acting(),
            desk=staff_desk(),
            kind=kind,
            wording=Wording(
                form.subject.data or "",
                form.body.data or "",
                Wording(form.welsh_subject.data or "", form.welsh_body.data or ""),
            ),
            seen=_number(form.seen.data),
        )

    if is_saved(form, keep):
        return saved(
            "Saved. Somebody else who recruits, or an administrator, must approve it.",
            "recruiter.letter_wording",
            outcome=outcome,
        )
    return shown(
        "recruiter/letters/write.html", form, title=KIND_TITLES[kind], placeholders=placeholders_of(kind),
        outcome=outcome,
    )  # fmt: skip


@recruiter.post("/letter-wordings/<outcome>/approve")
@allow(Audience.STAFF)
def approve_letter_wording(outcome: str) -> Any:
    """Of the version that was read: another one written meanwhile is not approved unseen."""
    kind = _kind(outcome)
    form: Any = ApproveForm()
    try:
        with writing() as session:
            approve_wording(session, actor=acting(), desk=staff_desk(), kind=kind, seen=_number(form.seen.data))
    except (Stale, TooLate) as refusal:
        return saved(refusal.sentence, "recruiter.letter_wording", outcome=outcome)
    return saved("The wording is approved, and in force.", "recruiter.letter_wording", outcome=outcome)
