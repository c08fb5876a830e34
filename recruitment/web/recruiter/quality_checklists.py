"""The checklist after a campaign: what is open first, settled on one page, signed with one button."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for

from recruitment.rules.permissions import Permission
from recruitment.rules.quality_checklist import Entry, Line, Phase, Settled
from recruitment.services.actions import list_actions_of, may_plan
from recruitment.services.campaign_plans import CampaignFacts, read_facts
from recruitment.services.quality_checklists import (
    ANSWERED_IN,
    ReadChecklist,
    read_quality_checklist,
    settle_items,
    sign_checklist,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.fields import Option
from recruitment.web.forms import PageForm, radios, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_PERSONS = (
    Option(Settled.DONE.value, "Yes"),
    Option(Settled.NOT_APPLICABLE.value, "Not applicable here"),
    Option(Settled.EXCEPTION.value, "No: I sign an exception"),
)
_RECORDS = (Option(Settled.EXCEPTION.value, "I sign an exception"),)
# Where a recruiter mends what is open, for items that can still be mended when outcomes are final.
_PLACES = {
    "adjustments": "recruiter.adjustments",
    "advert": "recruiter.advert_check",
    "panel": "recruiter.panel_page",
}


def _asked(line: Line) -> bool:
    """A person answers, or could sign an exception where the records do not show it."""
    return line.found is None or line.is_open or line.entry is not None


def _form(found: ReadChecklist) -> PageForm:
    parts: dict[str, Any] = {}
    kept: dict[str, str] = {}
    for line in filter(_asked, found.lines):
        key = line.item.key
        parts[key] = radios(
            line.item.text,
            _PERSONS if line.found is None else _RECORDS,
            hint=line.found.sentence if line.found else line.item.source,
            is_inline=False,
        )
        parts[f"note_{key}"] = text("Reason", hint="Needed unless the answer is yes. Name nobody", max_length=2000)
        if line.entry:
            kept |= {key: line.entry.settled.value, f"note_{key}": line.entry.note}
    form: PageForm = type("ChecklistForm", (PageForm,), parts)(data=kept)
    return form


def _given(form: PageForm, found: ReadChecklist) -> dict[str, Entry]:
    return {
        line.item.key: Entry(Settled(form[line.item.key].data), form[f"note_{line.item.key}"].data or "")
        for line in filter(_asked, found.lines)
        if form[line.item.key].data
    }


_PATH = "/campaigns/<uuid:campaign_id>/quality"


@recruiter.get(_PATH)
@allow(Permission.MAKE_EVIDENCE_PACK)
def quality_checklist(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    if facts.state not in ANSWERED_IN:
        return render_template("recruiter/quality_checklists/early.html", facts=facts)
    found = read_quality_checklist(reading(), actor=acting(), campaign_id=campaign_id)
    return _page(facts, found, _form(found))


@recruiter.post(_PATH)
@allow(Permission.SIGN_QUALITY_CHECKLIST)
def settle_quality_items(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    found = read_quality_checklist(reading(), actor=acting(), campaign_id=campaign_id)
    form = _form(found)
    if _settled(form, found, campaign_id):
        return saved("Saved.", "recruiter.quality_checklist", campaign_id=campaign_id)
    return _page(facts, found, form), 400


def _page(facts: CampaignFacts, found: ReadChecklist, form: PageForm) -> str:
    session = reading()
    return render_template(
        "recruiter/quality_checklists/checklist.html",
        facts=facts,
        found=found,
        form=form if found.signed_at is None else None,
        phases=[(phase, [line for line in found.lines if line.item.phase is phase]) for phase in Phase],
        asked=[line for line in found.lines if _asked(line)],
        places={key: url_for(view, campaign_id=facts.id) for key, view in _PLACES.items()},
        may_plan=may_plan(session, acting()),
        actions=list_actions_of(session, actor=acting(), campaign_id=facts.id),
    )


def _settled(form: PageForm, found: ReadChecklist, campaign_id: UUID) -> bool:
    """Each refusal is shown at its own item."""
    given = _given(form, found) if form.validate() else {}
    if lacking := [key for key, entry in given.items() if entry.settled is not Settled.DONE and not entry.note]:
        for key in lacking:
            form[f"note_{key}"].errors = ["Give the reason."]
        return False
    return is_saved(
        form,
        lambda session: settle_items(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, entries=given
        ),
    )


@recruiter.post("/campaigns/<uuid:campaign_id>/quality/sign")
@allow(Permission.SIGN_QUALITY_CHECKLIST)
def sign_quality_checklist(campaign_id: UUID) -> Any:
    with writing() as session:
        sign_checklist(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return saved("Signed. The campaign is closed.", "recruiter.quality_checklist", campaign_id=campaign_id)
