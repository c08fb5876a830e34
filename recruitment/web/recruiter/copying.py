"""Copying a campaign: its new title and dates, and who comes along, on one page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from recruitment.rules.permissions import ROLE_TITLES, Permission, Role
from recruitment.services.campaign_copies import Colleague, copy_campaign, list_colleagues_to_carry
from recruitment.services.campaign_plans import read_facts
from recruitment.web.access import allow, reading
from recruitment.web.forms import Option, PageForm, checkboxes, date, text
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.times import in_the_uk, moment, time_of_day
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_TIME_HINT = "For example, 9am or 5:30pm"
_SHORTEST = timedelta(days=1)


def _value(one: Colleague) -> str:
    return f"{one.role} {one.id.hex}"


def _copy_form(colleagues: list[Colleague]) -> type[PageForm]:
    fields = {
        "title": text(
            "Title", hint="Candidates see it", required="Enter a title for the campaign", max_length=150
        ),
        "opens_on": date("Opening date", required="Enter the opening date"),
        "opens_time": time_of_day("Opening time", required="Enter the opening time", hint=_TIME_HINT),
        "closes_on": date("Closing date", required="Enter the closing date"),
        "closes_time": time_of_day("Closing time", required="Enter the closing time", hint=_TIME_HINT),
    }
    if colleagues:
        fields["carried"] = checkboxes(
            "Who comes along",
            [Option(_value(one), f"{ROLE_TITLES[one.role]}: {one.name}") for one in colleagues],
            hint="You recruit for the copy. Tick whoever has the same role in it. You can change it later",
        )
    return type("CopyForm", (PageForm,), fields)


@recruiter.route("/campaigns/<uuid:campaign_id>/copy", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def copy(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    colleagues = list_colleagues_to_carry(session, actor=actor, campaign_id=campaign_id)
    opened, closed = in_the_uk(facts.opens_at), in_the_uk(facts.closes_at)
    opens_on = in_the_uk(staff_desk().now).date() + timedelta(days=7)
    form: Any = _copy_form(colleagues)(
        title=facts.title,
        opens_on=opens_on,
        opens_time=f"{opened:%H:%M}",
        closes_on=opens_on + max(closed.date() - opened.date(), _SHORTEST),
        closes_time=f"{closed:%H:%M}",
    )
    made: list[UUID] = []

    def make(session: Any) -> None:
        chosen = [each.split(" ") for each in (form.carried.data if "carried" in form else None) or ()]
        made.append(
            copy_campaign(
                session,
                actor=actor,
                desk=staff_desk(),
                campaign_id=campaign_id,
                title=form.title.data,
                opens_at=moment(form.opens_on.data, form.opens_time.data),
                closes_at=moment(form.closes_on.data, form.closes_time.data),
                carried=[(UUID(hex=person), Role(role)) for role, person in chosen],
            )
        )

    if is_saved(form, make, closes_at="closes_on"):
        words = "The copy is made, as a draft. Look through it, then open it."
        return saved(words, "recruiter.campaign", campaign_id=made[0])
    return shown("recruiter/copying/copy.html", form, facts=facts)
