"""Asking for a reserve's appointment after the outcomes are final."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.reserves import LONGEST_REASON, Reserves, call_reserve, read_reserves
from recruitment.web.access import allow, reading
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


def _form(found: Reserves) -> Any:
    listed = [
        Option(str(one.application_id), f"Place {one.place}, reference {one.reference}") for one in found.listed
    ]
    fields: dict[str, Any] = {
        "application": radios("Who is called up?", listed, required="Select who is called up"),
        "vacancy": radios(
            "Vacancy", [Option(str(key), title) for key, title in found.vacancies], required="Select the vacancy"
        ),
        "reason": long_text(
            "Why is a reserve called up?",
            hint="For example, the person appointed withdrew, or there is a further post of the same kind",
            required="Say why a reserve is called up",
            max_length=LONGEST_REASON,
            rows=3,
        ),
        "passed_over": long_text(
            "Why are those placed higher not called?",
            hint="Only if somebody is. A reserve list is used in order of merit",
            max_length=LONGEST_REASON,
            rows=3,
        ),
    }
    first = str(found.vacancies[0][0]) if len(found.vacancies) == 1 else None
    return type("ReserveForm", (PageForm,), fields)(vacancy=first)


@recruiter.route("/campaigns/<uuid:campaign_id>/reserves", methods=["GET", "POST"])
@allow(Permission.CALL_RESERVE)
def reserves(campaign_id: UUID) -> Any:
    found = read_reserves(reading(), actor=acting(), campaign_id=campaign_id)
    form = _form(found)

    def call(session: Any) -> None:
        call_reserve(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            application_id=UUID(form.application.data),
            vacancy_id=UUID(form.vacancy.data),
            reason=form.reason.data or "",
            passed_over=form.passed_over.data or "",
        )

    if is_saved(form, call):
        return saved(
            "Asked. The panel chair or their deputy must agree.", "recruiter.reserves", campaign_id=campaign_id
        )
    return shown(
        "recruiter/reserves/reserves.html",
        form,
        found=found,
        campaign_id=campaign_id,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
    )
