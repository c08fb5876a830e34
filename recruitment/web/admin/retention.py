"""How long each kind of record is kept, what is due, and what was erased."""

from __future__ import annotations

from typing import Any

from flask import render_template

from recruitment.rules.permissions import Role
from recruitment.rules.retention import DRAFTS_DAYS, KINDS, Periods, RetentionKind
from recruitment.services.retention_periods import current_periods, list_versions, set_periods
from recruitment.services.retention_plans import list_erased, plan_erasures
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.forms import PageForm, long_text, whole_number
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


def _form(periods: Periods) -> Any:
    fields: dict[str, Any] = {
        kind.value: whole_number(
            f"{record.title}, in months",
            hint=f"From when {record.clock}. Between {record.least} and {record.most}; "
            f"we suggest {record.months}. {record.why}",
            required=f"{record.title}: enter a number of months",
            minimum=record.least,
            maximum=record.most,
            width=3,
        )
        for kind, record in KINDS.items()
    }
    fields["reason"] = long_text("Why do the periods change?", required="Say why the periods change", rows=2)
    stored = {kind.value: periods[kind] for kind in KINDS}
    return type("RetentionForm", (PageForm,), fields)(**stored)


@admin.get("/retention")
@allow(Role.ADMINISTRATOR)
def retention() -> str:
    """What is due and what was erased; a dry run."""
    today = staff_desk().now.date()
    return render_template(
        "admin/retention/due.html",
        kinds=KINDS,
        due=plan_erasures(reading(), acting().organisation_id, today),
        today=today,
        erased=list_erased(reading(), actor=acting()),
    )


@admin.route("/retention/periods", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def retention_periods() -> Any:
    periods = current_periods(reading(), acting().organisation_id)
    form = _form(periods)

    def keep(session: Any) -> None:
        set_periods(
            session,
            actor=acting(),
            desk=staff_desk(),
            months={kind: int(form[kind.value].data) for kind in RetentionKind},
            reason=form.reason.data or "",
        )

    if is_saved(form, keep):
        return saved("The periods are set. They hold from tonight for everything that is kept.", "admin.retention")
    return shown(
        "admin/retention/periods.html",
        form,
        periods=periods,
        drafts_days=DRAFTS_DAYS,
        versions=list_versions(reading(), actor=acting()),
    )
