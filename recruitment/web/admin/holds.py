"""Holds for claims: asked by one person, agreed by another, looked at again, released by two."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from wtforms.fields.choices import SelectChoice

from recruitment.rules.applications import ADJUSTMENTS
from recruitment.rules.errors import TooLate
from recruitment.rules.holds import IN_FORCE, KIND_TITLES, LONGEST, STANDING_TITLES, HoldKind, HoldStanding
from recruitment.services.hold_papers import read_papers
from recruitment.services.holds import (
    ask_hold,
    ask_release,
    campaigns_to_hold_in,
    decide_hold,
    decide_release,
    list_all_holds,
    read_hold,
    review_hold,
)
from recruitment.web.access import Audience, allow, reading
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, date, long_text, radios, select, text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class DecideForm(PageForm):
    decision = radios(
        "Do you agree?", [Option("yes", "Yes"), Option("no", "No")], required="Select yes or no", is_inline=True
    )


class ReviewForm(PageForm):
    reason = long_text(
        "Why are the papers still needed?",
        required="Say why the papers are still needed",
        max_length=LONGEST,
        rows=3,
    )
    review_on = date("When will you look again?", hint="Within 12 months", required="Enter a day")


class ReleaseForm(PageForm):
    reason = long_text(
        "Why need the papers not be kept any longer?",
        required="Say why the papers need not be kept any longer",
        max_length=LONGEST,
        rows=3,
    )


def _new_form() -> Any:
    campaigns = [SelectChoice(key.hex, title) for key, title in campaigns_to_hold_in(reading(), acting())]
    fields = {
        "campaign": select(
            "Campaign", [SelectChoice("", "Choose a campaign"), *campaigns], required="Select a campaign"
        ),
        "reference": text(
            "Reference of the application",
            hint="It stands in every letter to the candidate",
            required="Enter the reference",
            autocomplete="off",
            spellcheck=False,
        ),
        "kind": radios(
            "What is it for?",
            [Option(kind, title) for kind, title in KIND_TITLES.items()],
            required="Select what it is for",
        ),
        "reason": long_text(
            "Why must the papers be kept?",
            hint="Which claim, when it came. Leave out the candidate’s name.",
            required="Say why the papers must be kept",
            max_length=LONGEST,
            rows=4,
        ),
        "review_on": date("When will you look again?", hint="Within 12 months", required="Enter a day"),
    }
    return type("HoldForm", (PageForm,), fields)()


@admin.get("/holds")
@allow(Audience.STAFF)
def holds() -> str:
    return render_template(
        "admin/holds/list.html",
        listed=list_all_holds(reading(), actor=acting(), desk=staff_desk()),
        kinds=KIND_TITLES,
        standings=STANDING_TITLES,
    )


@admin.route("/holds/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_hold() -> Any:
    form = _new_form()

    def keep(session: Any) -> None:
        ask_hold(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=UUID(hex=form.campaign.data),
            reference=form.reference.data or "",
            kind=HoldKind(form.kind.data),
            reason=form.reason.data or "",
            review_on=form.review_on.data,
        )

    if is_saved(form, keep):
        return saved("The hold is asked. It is in force once somebody else agrees.", "admin.holds")
    return shown("admin/holds/new.html", form)


@admin.route("/holds/<uuid:hold_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def hold(hold_id: UUID) -> Any:
    """What the hold is about; a second person decides here."""
    found = read_hold(reading(), actor=acting(), desk=staff_desk(), hold_id=hold_id)
    form: Any = DecideForm()

    def decide(session: Any) -> None:
        act = decide_hold if found.standing is HoldStanding.ASKED else decide_release
        is_agreed = form.decision.data == "yes"
        act(session, actor=acting(), desk=staff_desk(), hold_id=hold_id, is_agreed=is_agreed)

    if found.may_decide and is_saved(form, decide):
        return saved("Your decision is recorded.", "admin.holds")
    return shown(
        "admin/holds/hold.html",
        form,
        found=found,
        kinds=KIND_TITLES,
        standings=STANDING_TITLES,
        is_in_force=found.standing in IN_FORCE,
        is_asked=found.standing is HoldStanding.ASKED,
        may_ask_release=found.standing is HoldStanding.PLACED,
    )


@admin.post("/holds/<uuid:hold_id>/papers")
@allow(Audience.STAFF)
def hold_papers(hold_id: UUID) -> str:
    """Opened, and that they were is written down."""
    found = read_hold(reading(), actor=acting(), desk=staff_desk(), hold_id=hold_id)
    papers = read_papers(reading(), actor=acting(), desk=staff_desk(), hold_id=hold_id)
    return render_template("admin/holds/papers.html", found=found, papers=papers, adjustments=dict(ADJUSTMENTS))


@admin.route("/holds/<uuid:hold_id>/review", methods=["GET", "POST"])
@allow(Audience.STAFF)
def review_of_hold(hold_id: UUID) -> Any:
    found = read_hold(reading(), actor=acting(), desk=staff_desk(), hold_id=hold_id)
    if found.standing not in IN_FORCE:
        raise TooLate("Only a hold in force is looked at again.")
    form: Any = ReviewForm()

    def keep(session: Any) -> None:
        review_hold(
            session,
            actor=acting(),
            desk=staff_desk(),
            hold_id=hold_id,
            reason=form.reason.data or "",
            review_on=form.review_on.data,
        )

    if is_saved(form, keep):
        return saved("The hold stays until it is looked at again.", "admin.holds")
    return shown("admin/holds/review.html", form, found=found)


@admin.route("/holds/<uuid:hold_id>/release", methods=["GET", "POST"])
@allow(Audience.STAFF)
def release_of_hold(hold_id: UUID) -> Any:
    found = read_hold(reading(), actor=acting(), desk=staff_desk(), hold_id=hold_id)
    if found.standing is not HoldStanding.PLACED:
        raise TooLate("Only a hold in force can be released, and only once.")
    form: Any = ReleaseForm()

    def keep(session: Any) -> None:
        ask_release(session, actor=acting(), desk=staff_desk(), hold_id=hold_id, reason=form.reason.data or "")

    if is_saved(form, keep):
        return saved(
            "The release is asked. The papers are erased the night after somebody else agrees.", "admin.holds"
        )
    return shown("admin/holds/release.html", form, found=found)
