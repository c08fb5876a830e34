"""Campaigns that no recruiter can sign in to any more, and who goes on with them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from wtforms.fields.choices import SelectChoice

from recruitment.rules.permissions import Role
from recruitment.services.reasons import LONGEST_REASON
from recruitment.services.recruiters import WithoutRecruiter, list_nameable, list_without_recruiter, name_recruiter
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.filters import in_words
from recruitment.web.forms import PageForm, long_text, select
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


def _choices(what: str, listed: list[tuple[UUID, str]]) -> list[SelectChoice]:
    return [SelectChoice("", f"Choose {what}"), *(SelectChoice(key.hex, words) for key, words in listed)]


def _form() -> tuple[Any, list[WithoutRecruiter]]:
    waiting = list_without_recruiter(reading(), actor=acting())
    people = list_nameable(reading(), actor=acting())
    campaigns = [(one.id, f"{one.title} (closing date: {in_words(one.closes_at)})") for one in waiting]
    named = [(key, f"{name} ({email})") for key, name, email in people]
    fields = {
        "campaign": select("Campaign", _choices("a campaign", campaigns), required="Choose a campaign"),
        "person": select(
            "New recruiter",
            _choices("a person", named),
            hint="Somebody who scores nothing in this campaign. You cannot name yourself",
            required="Choose a person",
        ),
        "reason": long_text(
            "Reason",
            hint="It goes on the record of the campaign",
            required="Give the reason",
            max_length=LONGEST_REASON,
            rows=3,
        ),
    }
    return type("RecruiterForm", (PageForm,), fields)(), waiting


@admin.route("/people/campaigns-without-recruiter", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def without_recruiter() -> Any:
    form, waiting = _form()

    def act(session: Any) -> None:
        name_recruiter(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=UUID(hex=form.campaign.data),
            person_id=UUID(hex=form.person.data),
            reason=form.reason.data or "",
        )

    if is_saved(form, act):
        return saved("The campaign has a recruiter again.", "admin.without_recruiter")
    return shown("admin/recruiters/without.html", form, waiting=waiting)
