"""What the body calls itself and its service, whom candidates ask, and when the morning's mail comes."""

from __future__ import annotations

from typing import Any

from recruitment.rules.permissions import Role
from recruitment.services.organisation_settings import (
    FIRST_HOUR,
    LAST_HOUR,
    OrganisationSettings,
    read_settings,
    write_settings,
)
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.forms import PageForm, long_text, text, whole_number
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, settings, staff_desk


class OrganisationForm(PageForm):
    name = text("Name of your organisation", required="Enter the name of your organisation")
    contact = long_text(
        "Whom candidates ask for help",
        hint="An e-mail address or telephone number, and when somebody answers. It stands on the help page.",
        max_length=1_000,
        rows=3,
    )
    service_name = text(
        "Name of the public site", hint="It stands at the top of each page. Leave it empty for the usual one."
    )
    sender_name = text(
        "Name that mail comes from",
        hint="It stands before the address, which whoever runs this service sets.",
        spellcheck=False,
    )
    digest_hour = whole_number(
        "Hour of the morning’s mail",
        hint=f"From {FIRST_HOUR} to {LAST_HOUR}, in UK time. It says what waits for each of your staff.",
        minimum=FIRST_HOUR,
        maximum=LAST_HOUR,
        noun="The hour",
        required="Enter the hour of the morning’s mail",
        width=2,
    )


@admin.route("/settings/organisation", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def organisation() -> Any:
    found = read_settings(reading(), actor=acting())
    form = OrganisationForm(
        name=found.name, contact=found.contact, service_name=found.service_name, sender_name=found.sender_name,
        digest_hour=found.digest_hour,
    )  # fmt: skip
    if not found.is_alone:
        del form.digest_hour

    def keep(session: Any) -> None:
        wanted = OrganisationSettings(
            form.name.data, form.contact.data or "", form.service_name.data or "", form.sender_name.data or "",
            form.digest_hour.data if "digest_hour" in form else found.digest_hour,
        )  # fmt: skip
        write_settings(session, actor=acting(), desk=staff_desk(), wanted=wanted)

    if is_saved(form, keep):
        return saved("Your organisation’s settings are saved.", "admin.organisation")
    usual = settings().service_name
    return shown("admin/organisation/organisation.html", form, is_alone=found.is_alone, usual=usual)
