"""Adjustments by reference; opening them is recorded, so it happens only on asking."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.datastructures import MultiDict

from recruitment.rules.adjustments import LONGEST, Agreed, Answer, Made
from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.requests import ReadAdjustments, agree_adjustments, read_adjustments
from recruitment.web.access import allow, reading, writing
from recruitment.web.fields import Option
from recruitment.web.forms import PageForm, hidden, long_text, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/adjustments"
_PAGE = "recruiter/adjustments/adjustments.html"
_ANSWERS = (
    Option(Answer.AGREED.value, "Agreed as asked"),
    Option(Answer.OTHERWISE.value, "Something else is agreed"),
    Option(Answer.REFUSED.value, "Not agreed"),
)
_MADE = (
    Option(Made.MADE.value, "Made"),
    Option(Made.NOT_NEEDED.value, "Not needed: they did not come to that stage"),
    Option(Made.NOT_MADE.value, "Not made"),
)


def _form(found: ReadAdjustments, *, is_sent: bool = True) -> PageForm:
    """Three fields for each who asked, numbered in the order of their references; as kept unless it was sent."""
    parts: dict[str, Any] = {"seen": hidden()}
    kept: dict[str, str] = {"seen": _mark(found)}
    for place, one in enumerate(found.asked, 1):
        parts[f"answer{place}"] = radios("What is agreed?", _ANSWERS, is_inline=False)
        parts[f"words{place}"] = long_text(
            "What is done, or why not", hint="What to do, never the reason for it", max_length=LONGEST, rows=2
        )
        parts[f"made{place}"] = radios(
            "Was it made?", _MADE, hint="Leave this until after the stage", is_inline=False
        )
        kept |= {
            f"answer{place}": one.agreed.answer or "",
            f"words{place}": one.agreed.words,
            f"made{place}": one.agreed.made or "",
        }
    form: PageForm = type("AdjustmentsForm", (PageForm,), parts)(None if is_sent else MultiDict(kept), data=kept)
    return form


def _mark(found: ReadAdjustments) -> str:
    """What a page carries so that it cannot write over what a colleague saved after it was shown."""
    return found.entered_at.isoformat() if found.entered_at else ""


def _given(form: PageForm, found: ReadAdjustments) -> dict[str, Agreed]:
    """By reference, what differs from what is kept."""
    given = {}
    for place, one in enumerate(found.asked, 1):
        answer, made = form[f"answer{place}"].data, form[f"made{place}"].data
        agreed = Agreed(
            Answer(answer) if answer else None,
            (form[f"words{place}"].data or "").strip(),
            Made(made) if made else None,
        )
        if agreed != one.agreed:
            given[one.reference] = agreed
    return given


@recruiter.get(_PATH)
@allow(Permission.SEE_REQUESTS)
def adjustments(campaign_id: UUID) -> str:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.SEE_REQUESTS)
    return render_template(_PAGE, facts=facts, found=None)


def _opened(campaign_id: UUID) -> ReadAdjustments:
    return read_adjustments(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)


@recruiter.post(_PATH)
@allow(Permission.SEE_REQUESTS)
def show_adjustments(campaign_id: UUID) -> str:
    """Opened, and that they were is written down: the checklist asks for it."""
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.SEE_REQUESTS)
    found = _opened(campaign_id)
    if facts.closed_at is None:
        with writing() as session:
            found = agree_adjustments(
                session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, found=found, changes={}
            )
    # What arrived was the press of a button and no answer.
    form = _form(found, is_sent=False)
    return render_template(_PAGE, facts=facts, found=found, form=form)


@recruiter.post(f"{_PATH}/agreed")
@allow(Permission.SEE_REQUESTS)
def agree(campaign_id: UUID) -> Any:
    """What was typed comes back with its error; the adjustments are then opened, and recorded, again."""
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.SEE_REQUESTS)
    found = _opened(campaign_id)
    form = _form(found)

    def keep(session: Any) -> None:
        if form["seen"].data != _mark(found):
            form["seen"].data = _mark(found)
            raise Invalid(
                "A colleague changed what is agreed meanwhile. Look at each answer, then save again.", ""
            )
        agree_adjustments(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            found=found,
            changes=_given(form, found),
        )

    if is_saved(form, keep):
        return saved("Saved.", "recruiter.adjustments", campaign_id=campaign_id)
    return render_template(_PAGE, facts=facts, found=found, form=form), 400
