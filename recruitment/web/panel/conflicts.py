"""Declaring whom one knows, and ruling on what was declared."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import Permission
from recruitment.services.conflicts import (
    LONGEST,
    Declared,
    declare,
    list_cases,
    read_own_declarations,
    rule_on_conflict,
)
from recruitment.services.reveals import read_names
from recruitment.web.access import allow, may, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, staff_desk

_CONFLICTS = "/campaigns/<uuid:campaign_id>/interviews/conflicts"


def _names(campaign_id: UUID) -> dict[UUID, str]:
    named = read_names(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, ground="to declare conflicts"
    )
    return {one.application_id: one.name for one in named if not one.is_withdrawn}


def _form(names: dict[UUID, str], held: dict[UUID, Declared | None]) -> PageForm:
    fields: dict[str, Any] = {}
    stored: dict[str, Any] = {}
    for key, name in names.items():
        fields[f"knows_{key.hex}"] = radios(
            f"Do you know {name}?",
            [
                Option("no", "No"),
                Option(
                    "yes",
                    "Yes",
                    reveals=f"nature_{key.hex}",
                    reveals_required=f"Say how you know {name}",
                ),
            ],
            required=f"Say whether you know {name}",
        )
        fields[f"nature_{key.hex}"] = long_text("How do you know them?", max_length=LONGEST, rows=2)
        said = held.get(key)
        if said is not None:
            stored[f"knows_{key.hex}"] = "yes" if said.knows else "no"
            stored[f"nature_{key.hex}"] = said.nature
    return type("DeclareForm", (PageForm,), fields)(**stored)


@panel.route(_CONFLICTS, methods=["GET", "POST"])
@allow(Permission.SCORE_INTERVIEWS)
def conflicts(campaign_id: UUID) -> Any:
    """One's own declarations, for every candidate at once."""
    own = read_own_declarations(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    every = _names(campaign_id)
    open_ = {each.application_id: each for each in own if not each.is_ruled and each.application_id in every}
    ruled = [(every[each.application_id], each) for each in own if each.is_ruled and each.application_id in every]
    names = {key: name for key, name in every.items() if key in open_}
    form = _form(names, {key: each.declared for key, each in open_.items()})
    problem = ""
    if form.validate_on_submit():
        declared = {
            key: Declared(form[f"knows_{key.hex}"].data == "yes", form[f"nature_{key.hex}"].data or "")
            for key in names
        }
        try:
            with writing() as session:
                declare(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, declared=declared)
            return redirect(url_for("panel.home", campaign_id=campaign_id), 303)
        except (Invalid, TooLate) as refusal:
            problem = refusal.sentence
    standing = unchecked(campaign_id)
    page = render_template(
        "panel/conflicts/declare.html",
        campaign_id=campaign_id,
        standing=standing,
        form=form,
        names=names,
        ruled=ruled,
        more=[{"text": problem, "href": "#main-content"}] if problem else [],
    )
    return page, 400 if form.errors or problem else 200


class RulingForm(PageForm):
    decision = radios(
        "Is it a conflict?",
        [
            Option("no", "No", hint="Knowing somebody is not by itself a conflict."),
            Option("yes", "Yes", hint="Somebody else then sits for this candidate."),
        ],
        required="Select yes or no",
    )
    reason = long_text("Your reason", required="Give your reason, also for a no", max_length=LONGEST, rows=3)


@panel.get(f"{_CONFLICTS}/cases")
@allow(Permission.SIT_ON_PANEL)
def cases(campaign_id: UUID) -> str:
    """What members and candidates declared of each other; kept in sight of the whole panel."""
    found = list_cases(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return render_template(
        "panel/conflicts/cases.html",
        campaign_id=campaign_id,
        standing=unchecked(campaign_id),
        cases=found,
        names=_names(campaign_id) if found else {},
        is_chair=may(Permission.DECIDE_OUTCOMES, campaign_id),
    )


@panel.route(f"{_CONFLICTS}/cases/<uuid:application_id>/<uuid:member_id>", methods=["GET", "POST"])
@allow(Permission.SIT_ON_PANEL)
def ruling(campaign_id: UUID, application_id: UUID, member_id: UUID) -> Any:
    found = list_cases(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    wanted = (application_id, member_id)
    case = next((each for each in found if (each.application_id, each.person_id) == wanted), None)
    if case is None or not case.is_own_voice_needed:
        raise NotFound
    form: Any = RulingForm()
    if form.validate_on_submit():
        with writing() as session:
            rule_on_conflict(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                application_id=application_id,
                person_id=member_id,
                is_conflict=form.decision.data == "yes",
                reason=form.reason.data or "",
            )
        return redirect(url_for("panel.cases", campaign_id=campaign_id), 303)
    page = render_template(
        "panel/conflicts/ruling.html",
        campaign_id=campaign_id,
        standing=unchecked(campaign_id),
        form=form,
        case=case,
        name=_names(campaign_id).get(application_id, ""),
    )
    return page, 400 if form.errors else 200
