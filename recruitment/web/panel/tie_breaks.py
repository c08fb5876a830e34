"""The record of a tie-break: begun, filled in, sealed; opened again by the chair alone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.permissions import Permission
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES, ProtectedCharacteristic
from recruitment.rules.tie_breaks import LONGEST, TieBreakRecord
from recruitment.services.reveals import read_names
from recruitment.services.tie_breaks import (
    begin_tie_break,
    complete_tie_break,
    drop_tie_break,
    list_tie_breaks,
    list_weighed,
    read_tie_break,
    require_open,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, checkbox, checkboxes, date, long_text, radios, text
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_ROOT = "/campaigns/<uuid:campaign_id>/interviews/tie-breaks"
_ONE = f"{_ROOT}/<uuid:tie_break_id>"


@panel.get(_ROOT)
@allow(Permission.DECIDE_OUTCOMES)
def tie_breaks(campaign_id: UUID) -> str:
    found = list_tie_breaks(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "panel/tie_breaks/list.html",
        campaign_id=campaign_id,
        standing=found,
        listed=found.listed,
    )


@panel.post(_ROOT)
@allow(Permission.DECIDE_OUTCOMES)
def begin(campaign_id: UUID) -> Any:
    with writing() as session:
        begin_tie_break(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return redirect(url_for("panel.tie_breaks", campaign_id=campaign_id), 303)


def _form(names: dict[UUID, str], criteria: tuple[tuple[UUID, str, int], ...]) -> Any:
    """Candidates in alphabetical order, none chosen: the chair names them."""
    people = [Option(key.hex, name) for key, name in sorted(names.items(), key=lambda item: item[1].casefold())]

    def told(label: str, missing: str, hint: str = "") -> Any:
        return long_text(label, hint=hint, required=missing, max_length=LONGEST, rows=3)

    fields: dict[str, Any] = {
        "post": text("Post", required="Enter the post"),
        "preferred": radios("Who would be appointed by the tie-break?", people, required="Select who it is"),
        "others": checkboxes("Who is tied with them?", people, required="Select who is tied with them"),
        "characteristic": radios(
            "Protected characteristic",
            [Option(each, title) for each, title in CHARACTERISTIC_TITLES.items()],
            required="Select the protected characteristic",
        ),
        "told_by": told(
            "How did the candidate tell you of it, for this purpose?",
            "Say how the candidate told it for this purpose",
            "Never from the equality questions, and never a guess. Say which notice they were given.",
        ),
        "evidence": told(
            "What shows that participation is low, or that there is a disadvantage?",
            "Say what shows that participation is low, or that there is a disadvantage",
        ),
        "evidence_source": text("Source of that evidence", required="Enter the source of the evidence"),
        "evidence_on": date("Date of that evidence", required="Enter the date of the evidence"),
        "comparator": text("Compared with what?", required="Say with what it was compared"),
        "equal_qualification": told(
            "What shows that they are as qualified as each other?",
            "Say what shows that they are as qualified as each other",
            "Overall ability, competence, professional experience, formal qualifications, and what else the post "
            "needs. Equal totals alone are not enough.",
        ),
    }
    for key, name, weight in criteria:
        fields[f"criterion_{key.hex}"] = radios(
            f"{name} (weight {weight})",
            [
                Option("equal", "I certify that they are equal on it"),
                Option(
                    "explained",
                    "They differ, and I explain",
                    reveals=f"explained_{key.hex}",
                    reveals_required=f"Explain “{name}”",
                ),
            ],
            required=f"Certify that they are equal on “{name}”, or explain",
        )
        fields[f"explained_{key.hex}"] = text(
            "Why they are as qualified as each other all the same", max_length=LONGEST, noun="The explanation"
        )
    fields |= {
        "has_no_policy": checkbox(
            "There is no policy of treating people with the characteristic more favourably. This was decided on "
            "this case alone",
            required="Confirm that there is no such policy. Without it the tie-break is unlawful",
        ),
        "proportionality": told("Why is it a proportionate means?", "Say why it is a proportionate means"),
        "alternatives": told(
            "Which other means were considered, and why are they not enough?",
            "Say which other means were considered",
        ),
        "decision_maker": text("Who decides?", required="Enter who decides"),
        "adviser": text("Legal or HR adviser", required="Enter the legal or HR adviser"),
        "advised_on": date("Date of their advice", required="Enter the date of the advice"),
    }
    return type("TieBreakForm", (PageForm,), fields)


_PLAIN = (
    "post", "told_by", "evidence", "evidence_source", "evidence_on", "comparator", "equal_qualification",
    "proportionality", "alternatives", "decision_maker", "adviser", "advised_on",
)  # fmt: skip


def _record(form: Any, criteria: tuple[tuple[UUID, str, int], ...]) -> TieBreakRecord:
    return TieBreakRecord(
        **{name: form[name].data for name in _PLAIN},
        preferred=UUID(form.preferred.data),
        others=tuple(UUID(key) for key in form.others.data),
        characteristic=ProtectedCharacteristic(form.characteristic.data),
        criteria={
            key: (form[f"explained_{key.hex}"].data or "")
            if form[f"criterion_{key.hex}"].data == "explained"
            else ""
            for key, _, _ in criteria
        },
        has_no_policy=bool(form.has_no_policy.data),
    )


def _page(campaign_id: UUID, tie_break_id: UUID, form: PageForm) -> Any:
    return shown(
        "panel/tie_breaks/record.html",
        form,
        campaign_id=campaign_id,
        tie_break_id=tie_break_id,
        standing=unchecked(campaign_id),
    )


def _asked(campaign_id: UUID, tie_break_id: UUID) -> tuple[Any, tuple[tuple[UUID, str, int], ...]]:
    session, actor = reading(), acting()
    require_open(session, actor=actor, campaign_id=campaign_id, tie_break_id=tie_break_id)
    criteria = list_weighed(session, actor=actor, campaign_id=campaign_id)
    return _form(_names(campaign_id), criteria), criteria


def _names(campaign_id: UUID) -> dict[UUID, str]:
    named = read_names(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, ground="record of a tie-break"
    )
    return {one.application_id: one.name for one in named if not one.is_withdrawn}


@panel.post(f"{_ONE}/form")
@allow(Permission.DECIDE_OUTCOMES)
def tie_break_form(campaign_id: UUID, tie_break_id: UUID) -> Any:
    """With names: the answer to a button, since each showing is on the trail."""
    form, _ = _asked(campaign_id, tie_break_id)
    return _page(campaign_id, tie_break_id, form(formdata=None))


@panel.post(_ONE)
@allow(Permission.DECIDE_OUTCOMES)
def record_tie_break(campaign_id: UUID, tie_break_id: UUID) -> Any:
    make, criteria = _asked(campaign_id, tie_break_id)
    form = make()

    def complete(session: Any) -> None:
        complete_tie_break(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            tie_break_id=tie_break_id,
            record=_record(form, criteria),
        )

    if is_saved(form, complete):
        return saved("The record is complete and sealed.", "panel.tie_breaks", campaign_id=campaign_id)
    return _page(campaign_id, tie_break_id, form)


@panel.get(_ONE)
@panel.get(f"{_ONE}/form")
@panel.get(f"{_ONE}/opened")
@allow(Permission.DECIDE_OUTCOMES)
def tie_break_by_link(campaign_id: UUID, tie_break_id: UUID) -> Any:
    return redirect(url_for("panel.tie_breaks", campaign_id=campaign_id), 303)


@panel.post(f"{_ONE}/opened")
@allow(Permission.DECIDE_OUTCOMES)
def open_record(campaign_id: UUID, tie_break_id: UUID) -> str:
    record = read_tie_break(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, tie_break_id=tie_break_id
    )
    names = _names(campaign_id)
    criteria = list_weighed(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "panel/tie_breaks/opened.html",
        campaign_id=campaign_id,
        standing=unchecked(campaign_id),
        record=record,
        characteristic=CHARACTERISTIC_TITLES[record.characteristic],
        preferred=names.get(record.preferred, "A candidate who withdrew"),
        others=[names.get(key, "A candidate who withdrew") for key in record.others],
        criteria=[(name, record.criteria.get(key, "")) for key, name, _ in criteria],
    )


class DropForm(PageForm):
    reason = long_text(
        "Why was no tie-break used?",
        hint="It goes on the record. Name no candidate and no characteristic.",
        required="Say why no tie-break was used",
        max_length=LONGEST,
        rows=3,
    )


@panel.route(f"{_ONE}/drop", methods=["GET", "POST"])
@allow(Permission.DECIDE_OUTCOMES)
def drop_record(campaign_id: UUID, tie_break_id: UUID) -> Any:
    form = DropForm()
    asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id, "tie_break_id": tie_break_id}
    if not form.is_submitted():
        listed = list_tie_breaks(reading(), actor=acting(), campaign_id=campaign_id)
        if not any(one.id == tie_break_id and one.is_open for one in listed.listed):
            return redirect(url_for("panel.tie_breaks", campaign_id=campaign_id), 303)
    if is_saved(form, lambda session: drop_tie_break(session, **asked, reason=form.reason.data or "")):
        return saved("The record is dropped.", "panel.tie_breaks", campaign_id=campaign_id)
    return shown("panel/tie_breaks/drop.html", form, campaign_id=campaign_id, standing=unchecked(campaign_id))
