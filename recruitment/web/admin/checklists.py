"""The body's checklist after each campaign: what it leaves out of the shipped one, and what it adds."""

from __future__ import annotations

from typing import Any

from recruitment.rules.permissions import Role
from recruitment.rules.quality_checklist import ITEMS, LONGEST_ITEM, Phase, Template
from recruitment.services.quality_checklists import adopt_template, list_template_versions, template_of
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, checkboxes, long_text
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


def _options(phase: Phase) -> list[Option]:
    return [
        Option(item.key, item.text, hint="The records answer it" if item.evidence else "A person answers it")
        for item in ITEMS
        if item.phase is phase
    ]


def _form(template: Template) -> Any:
    fields: dict[str, Any] = {}
    stored: dict[str, Any] = {}
    for phase in Phase:
        options = _options(phase)
        fields[f"asked_{phase.name}"] = checkboxes(phase.value, options)
        stored[f"asked_{phase.name}"] = [one.value for one in options if one.value not in template.left_out]
        fields[f"own_{phase.name}"] = long_text(
            "Items of your own, one on each line",
            hint="A person answers them",
            max_length=10 * LONGEST_ITEM,
            rows=2,
        )
        stored[f"own_{phase.name}"] = "\n".join(item.text for item in template.own if item.phase is phase)
    fields["reason"] = long_text(
        "Why does the checklist change?", required="Say why the checklist changes", rows=2
    )
    return type("ChecklistTemplateForm", (PageForm,), fields)(**stored)


@admin.route("/checklist", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def checklist() -> Any:
    template = template_of(reading(), acting().organisation_id)
    form = _form(template)

    def keep(session: Any) -> None:
        asked = {key for phase in Phase for key in form[f"asked_{phase.name}"].data or []}
        adopt_template(
            session,
            actor=acting(),
            desk=staff_desk(),
            left_out=frozenset(item.key for item in ITEMS if item.key not in asked),
            own={phase: tuple((form[f"own_{phase.name}"].data or "").splitlines()) for phase in Phase},
            reason=form.reason.data or "",
        )

    if is_saved(form, keep):
        return saved("The checklist is adopted for campaigns that are not closed yet.", "admin.checklist")
    return shown(
        "admin/checklists/template.html",
        form,
        version=template.version,
        versions=list_template_versions(reading(), actor=acting()),
        phases=list(Phase),
    )
