"""Closing times: moved for everybody or for one candidate, by two people."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for

from recruitment.rules.closing_times import GROUND_TITLES, KIND_TITLES, LONGEST_REASON, STANDING_TITLES
from recruitment.rules.errors import NotFound, Stale
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.closing_times import (
    ClosingTimes,
    agree_closing,
    propose_for_everybody,
    propose_for_one,
    read_closing_times,
    refuse_closing,
)
from recruitment.services.entries import who_may_enter
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, date, hidden, long_text, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.times import in_the_uk, moment, time_of_day
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, settings, staff_desk

_TIME_HINT = "For example, 9am or 5:30pm"


class NewTimeForm(PageForm):
    closes_on = date("New closing date", required="Enter the new closing date")
    closes_time = time_of_day("New closing time", required="Enter the new closing time", hint=_TIME_HINT)

    def until(self) -> datetime:
        return moment(self.closes_on.data, self.closes_time.data)


class MoveForm(NewTimeForm):
    reason = long_text(
        "Why does the closing time move?",
        hint="It goes on the record. Name no candidate",
        required="Say why the closing time moves",
        max_length=LONGEST_REASON,
        rows=3,
    )


class GrantForm(NewTimeForm):
    ground = radios(
        "Why does this candidate get more time?",
        [Option(ground, words) for ground, words in GROUND_TITLES.items()],
        hint="Needs and technical trouble share one line, so that the record does not tell who is disabled",
        required="Select why the candidate gets more time",
    )


class DecideForm(PageForm):
    until = hidden(max_length=40)
    ground = hidden(max_length=40)


def _page_url(campaign_id: UUID) -> str:
    # Never from the request: its Host is whatever whoever asks has written.
    path = url_for("recruiter.closing_times", campaign_id=campaign_id)
    return f"{settings().staff_url.rstrip('/')}{path}"


def _found(campaign_id: UUID) -> ClosingTimes:
    return read_closing_times(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)


@recruiter.route("/campaigns/<uuid:campaign_id>/closing-times", methods=["GET", "POST"])
@allow(Permission.AGREE_CLOSING_TIME)
def closing_times(campaign_id: UUID) -> Any:
    """The present time and every request; recruiters propose a new time for everybody here."""
    found = _found(campaign_id)
    closes = in_the_uk(found.closes_at)
    later = max(closes, in_the_uk(staff_desk().now)) + timedelta(days=7)
    form = MoveForm(closes_on=later.date(), closes_time=f"{closes:%H:%M}")

    def propose(session: Any) -> None:
        propose_for_everybody(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            until=form.until(),
            reason=form.reason.data or "",
            page_url=_page_url(campaign_id),
        )

    if request.method == "POST" and not found.may_propose:
        return redirect(url_for("recruiter.closing_times", campaign_id=campaign_id), 303)
    if is_saved(form, propose, until="closes_on"):
        return saved("Proposed. A second person must agree.", "recruiter.closing_times", campaign_id=campaign_id)
    return shown(
        "recruiter/closing_times/list.html",
        form,
        found=found,
        decide=DecideForm(),
        kinds=KIND_TITLES,
        grounds=GROUND_TITLES,
        standings=STANDING_TITLES,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
        now=staff_desk().now,
        enterers=who_may_enter(reading(), actor=acting(), campaign_id=campaign_id) if found.for_one else None,
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/closing-times/<uuid:closing_id>", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def more_time(campaign_id: UUID, closing_id: UUID) -> Any:
    """A time for the one candidate who asked."""
    found = _found(campaign_id)
    asked = next((one for one in found.requests if one.id == closing_id and one.code), None)
    if asked is None:
        raise NotFound
    latest = in_the_uk(asked.until or max(found.closes_at, staff_desk().now) + timedelta(days=2))
    form = GrantForm(closes_on=latest.date(), closes_time=f"{latest:%H:%M}", ground=asked.ground)

    def propose(session: Any) -> None:
        propose_for_one(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            closing_id=closing_id,
            until=form.until(),
            ground=form.ground.data or "",
            page_url=_page_url(campaign_id),
        )

    if is_saved(form, propose, until="closes_on"):
        return saved("Proposed. A second person must agree.", "recruiter.closing_times", campaign_id=campaign_id)
    return shown(
        "recruiter/closing_times/more_time.html",
        form,
        found=found,
        asked=asked,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
    )


@recruiter.post("/campaigns/<uuid:campaign_id>/closing-times/<uuid:closing_id>/agree")
@allow(Permission.AGREE_CLOSING_TIME)
def agree_to_closing(campaign_id: UUID, closing_id: UUID) -> Any:
    form: Any = DecideForm()
    with writing() as session:
        agree_closing(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            closing_id=closing_id,
            until=_read_moment(form.until.data),
            ground=form.ground.data or "",
        )
    return saved("Agreed. Candidates are told by e-mail.", "recruiter.closing_times", campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/closing-times/<uuid:closing_id>/refuse")
@allow(Permission.AGREE_CLOSING_TIME)
def refuse_to_close(campaign_id: UUID, closing_id: UUID) -> Any:
    with writing() as session:
        refuse_closing(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, closing_id=closing_id)
    flash("The closing time stays as it is.")
    return redirect(url_for("recruiter.closing_times", campaign_id=campaign_id), 303)


def _read_moment(typed: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(typed or "")
    except ValueError:
        found = datetime.min
    if found.tzinfo is None:
        raise Stale("Open the page again, and agree to the time that you read there.")
    return found
