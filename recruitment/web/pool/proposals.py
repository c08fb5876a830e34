"""Panels proposed for all campaigns of a period; a member kept, and the rest solved again, with one click."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.allocation import Locked, Proposal
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.panel_members import Duty
from recruitment.services.panel_proposals import list_wanted, propose_panels, take_proposal
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.pool import pool
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk

_PERIOD = timedelta(days=90)


def _period() -> tuple[date, date]:
    """The period of the address or the form, by default from today for 90 days."""
    today = staff_desk().now.date()
    try:
        first = date.fromisoformat(request.values.get("from", today.isoformat()))
        last = date.fromisoformat(request.values.get("until", (first + _PERIOD).isoformat()))
    except ValueError:
        raise NotFound from None
    return first, last


@pool.get("/proposals")
@allow(Audience.STAFF)
def proposals() -> str:
    first, last = _period()
    wanted = list_wanted(reading(), actor=acting(), first_day=first, last_day=last)
    return render_template("pool/proposals.html", wanted=wanted, first=first, last=last, proposed=None, locks=[])


def _locks() -> list[str]:
    """Each "campaign:person:duty", as posted."""
    return sorted(set(request.form.getlist("lock")))


def _locked(locks: list[str]) -> dict[UUID, list[Locked]]:
    found: dict[UUID, list[Locked]] = {}
    try:
        for each in locks:
            campaign, person, duty = each.split(":")
            lock = Locked(str(UUID(hex=person)), Duty(duty) if duty else None)
            found.setdefault(UUID(hex=campaign), []).append(lock)
    except ValueError:
        raise NotFound from None
    return found


@pool.post("/proposals")
@allow(Audience.STAFF, write=False)
def propose() -> Any:
    first, last = _period()
    locks = _locks()
    problem = ""
    proposed = None
    try:
        proposed = propose_panels(
            reading(), actor=acting(), desk=staff_desk(), first_day=first, last_day=last, locked=_locked(locks)
        )
    except Invalid as refusal:
        problem = refusal.sentence
    page = render_template(
        "pool/proposals.html",
        wanted=proposed.wanted if proposed else [],
        first=first,
        last=last,
        proposed=proposed,
        is_found=proposed is not None and isinstance(proposed.outcome, Proposal),
        locks=locks,
        problem=problem,
        duties={Duty.CHAIR: "Chair", Duty.INCLUSION_LEAD: "Inclusion lead", None: "Member"},
    )
    return page, 400 if problem else 200


@pool.post("/proposals/take")
@allow(Audience.STAFF)
def take() -> Any:
    try:
        campaign_id = UUID(hex=request.form.get("campaign", ""))
        seats = []
        for each in request.form.getlist("seat"):
            person, duty = each.split(":")
            seats.append((UUID(hex=person), Duty(duty) if duty else None))
    except ValueError:
        raise NotFound from None
    with writing() as session:
        take_proposal(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, seats=seats)
    return saved(
        "These people have their roles. Tell them, and check the panel before you book.",
        "recruiter.panel_page",
        campaign_id=campaign_id,
    )
