"""A day's times at once: the recruiter says from when to when, sees what would be added, then offers it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request

from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid, Stale, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.slot_days import CLASH_WORDS, check_day_plan
from recruitment.services.campaign_plans import read_facts
from recruitment.services.slot_days import Proposal, offer_days, propose_days
from recruitment.services.slots import read_slots
from recruitment.web.access import allow, reading, writing
from recruitment.web.filters import counted
from recruitment.web.forms import PageForm, date, text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved, shown
from recruitment.web.site import acting, staff_desk


class DayForm(PageForm):
    day = date("Day", required="Enter the day", noun="The day")
    last_day = date(
        "Last day",
        hint="Leave this out for one day. Else the same times are offered on each working day until then",
        noun="The last day",
    )
    begins = text("From", hint="For example, 9:00", required="Enter when the first begins", width=5)
    ends = text("Until", hint="For example, 16:00", required="Enter when the last must end", width=5)
    minutes = whole_number(
        "Length in minutes",
        hint="Candidates see only times of their own length",
        required="Enter the length",
        noun="The length",
        width=3,
    )
    gap = whole_number("Minutes between", required="Enter the minutes between", noun="The minutes", width=3)
    pause_begins = text("Break from", hint="For example, 12:30. Leave out if there is none", width=5)
    pause_ends = text("Break until", hint="For example, 13:30", width=5)
    place = text("Place", hint="A room, or the link to join from elsewhere. Never a name")
    places = whole_number("How many candidates may come at each time?", noun="The number", width=3)


@recruiter.route("/campaigns/<uuid:campaign_id>/stages/<int:position>/slots/days", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def slot_days(campaign_id: UUID, position: int) -> Any:
    """Sent without `seen` it shows the times; with what was seen it offers exactly those."""
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)
    stage: dict[str, Any] = {
        "actor": actor, "desk": staff_desk(), "campaign_id": campaign_id, "position": position
    }  # fmt: skip
    found = read_slots(session, **stage)
    form: Any = DayForm(minutes=found.plan.minutes, gap=15, places=1)
    if found.kind is StageKind.INTERVIEW:
        del form.places
    proposal: Proposal | None = None
    is_other, seen = False, request.form.get("seen", "")
    if form.validate_on_submit():
        try:
            asked = {**stage, **_asked(form)}
            proposal = propose_days(session, **asked)
            if seen and proposal.number:
                with writing() as write:
                    many = offer_days(write, **asked, seen=seen)
                said = f"{counted(many, 'time')} offered."
                return saved(said, "recruiter.slots", campaign_id=campaign_id, position=position)
        except Stale:
            proposal, is_other = propose_days(reading(), **asked), True
        except (Invalid, TooSoon) as refusal:
            proposal, field = None, getattr(refusal, "field", "day")
            form[field if field in form else "day"].errors = [refusal.sentence]
    sent = [(name, value) for name, value in request.form.items() if name in _names(form)]
    page, status = shown(
        "recruiter/slots/days.html", form, facts=facts, found=found, proposal=proposal, is_other=is_other,
        clashes=CLASH_WORDS, sent=sent,
    )  # fmt: skip
    return page, 409 if is_other else status


def _asked(form: Any) -> dict[str, Any]:
    return {
        "plan": check_day_plan(
            first=form.day.data,
            last=form.last_day.data,
            begins=form.begins.data or "",
            ends=form.ends.data or "",
            minutes=form.minutes.data,
            gap=form.gap.data,
            pause_begins=form.pause_begins.data or "",
            pause_ends=form.pause_ends.data or "",
        ),
        "place": form.place.data or "",
        "places": form.places.data if "places" in form else 1,
    }


def _names(form: Any) -> set[str]:
    return {box for field in form for box in getattr(field, "boxes", (field.name,))} - {"csrf_token"}
