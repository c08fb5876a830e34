"""Clearing passages across campaigns: opened on asking, decided by one key, closed when the sift opens."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from uuid import UUID

from flask import flash, render_template, request

from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.clearance import could_tell
from recruitment.rules.errors import NotFound, Stale
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.clearance import (
    ClearanceBatch,
    count_waiting,
    decide_passages,
    prepare_clearings,
    read_clearance,
)
from recruitment.services.waiting import OwnCampaign, list_work
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.filters import counted
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk

_PER_PAGE = 10
_CHOICES = {"restore": True, "hide": False}


@recruiter.get("/campaigns/<uuid:campaign_id>/clearance")
@allow(Permission.CLEAR_PASSAGES)
def clearance(campaign_id: UUID) -> str:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.CLEAR_PASSAGES)
    require_state(facts.state, CampaignState.OPEN, act="clear passages")
    waiting = count_waiting(reading(), campaign_id)
    return render_template("recruiter/clearance/start.html", facts=facts, waiting=waiting, per_page=_PER_PAGE)


@recruiter.get("/clearance")
@allow(Audience.STAFF)
def clearance_queue() -> str:
    """Every campaign in which something waits for this person to clear; `?campaign=` shows one."""
    waiting = _waiting_campaigns()
    only = request.args.get("campaign", "")
    shown = [campaign for campaign in waiting if not only or str(campaign.id) == only]
    return render_template(
        "recruiter/clearance/queue.html",
        campaigns=shown,
        only=only,
        answers=sum(campaign.to_clear for campaign in shown),
        others=len(waiting) - len(shown),
    )


def _waiting_campaigns() -> list[OwnCampaign]:
    """The campaigns with something to clear, the one that closes first at the front."""
    return [campaign for campaign in list_work(reading(), actor=acting()) if campaign.to_clear]


def _page(campaign_id: UUID, answers: int, errors: tuple[dict[str, str], ...] = (), status: int = 200) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.CLEAR_PASSAGES)
    batch = read_clearance(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, answers=answers)
    groups = [(key, list(found)) for key, found in groupby(batch.passages, key=lambda one: one.answer_id)]
    if errors:
        errors = _with_links(batch, errors)
    page = render_template(
        "recruiter/clearance/passages.html",
        facts=facts,
        groups=groups,
        could_tell=could_tell,
        left=batch.answers_left,
        errors=errors,
        typed=request.form if errors else {},
        everywhere=request.form.getlist("everywhere") if errors else (),
        asked=request.form.getlist("passage") if errors else (),
        answers=answers,
    )
    return page, status


def _with_links(batch: ClearanceBatch, errors: tuple[dict[str, str], ...]) -> tuple[dict[str, str], ...]:
    """Links to controls that are on the page; others to its first passage."""
    there = {f"#{_name(one.answer_id, one.ordinal)}" for one in batch.passages}
    first = (
        f"#{_name(batch.passages[0].answer_id, batch.passages[0].ordinal)}" if batch.passages else "#main-content"
    )
    return tuple({**error, "href": error["href"] if error["href"] in there else first} for error in errors)


def _name(answer_id: UUID, ordinal: int) -> str:
    return f"p-{answer_id.hex}-{ordinal}"


def _answers_asked() -> int:
    return 1 if request.form.get("answers") == "1" else _PER_PAGE


@recruiter.post("/campaigns/<uuid:campaign_id>/clearance")
@allow(Permission.CLEAR_PASSAGES)
def show_passages(campaign_id: UUID) -> Any:
    return _page(campaign_id, _answers_asked())


@recruiter.post("/campaigns/<uuid:campaign_id>/clearance/decide")
@allow(Permission.CLEAR_PASSAGES)
def decide(campaign_id: UUID) -> Any:
    decisions, unchosen = _read_decisions()
    if unchosen or not decisions:
        errors = tuple(
            {"text": f"Select whether to restore passage {number}", "href": f"#{name}"}
            for number, name in unchosen
        ) or ({"text": "Select whether to restore each passage", "href": ""},)
        return _page(campaign_id, _answers_asked(), errors, 400)
    actor, desk = acting(), staff_desk()
    prepared = prepare_clearings(
        reading(),
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        decisions=decisions,
        everywhere=frozenset(_key(name) for name in request.form.getlist("everywhere")),
    )
    try:
        with writing() as session:
            for clearing in prepared:
                decide_passages(session, actor=actor, desk=desk, clearing=clearing)
    except Stale as refusal:
        sentence = f"{refusal.sentence} Nothing was saved. These are the ones that still wait."
        return _page(campaign_id, _answers_asked(), ({"text": sentence, "href": ""},), 409)
    others = sum(clearing.is_everywhere for clearing in prepared)
    sentence = f"{counted(len(prepared) - others, 'answer')} decided."
    if others:
        sentence += f" The same words were decided in {counted(others, 'other answer')}."
    if request.form.get("then") == "next" and count_waiting(reading(), campaign_id):
        # Shown at once, without a page in between: forty campaigns' worth of clicks in an hour.
        flash(sentence)
        return _page(campaign_id, _answers_asked())
    return saved(sentence, "recruiter.clearance_queue")


def _key(name: str) -> tuple[UUID, int]:
    """Answer and ordinal from the name of a passage on the page; `NotFound` for any other."""
    try:
        _, answer, ordinal = name.split("-")
        return UUID(hex=answer), int(ordinal)
    except ValueError:
        raise NotFound from None


def _read_decisions() -> tuple[dict[UUID, dict[int, bool]], list[tuple[int, str]]]:
    """What was chosen by answer and ordinal, and (number on the page, name) of what was not."""
    decisions: dict[UUID, dict[int, bool]] = {}
    unchosen = []
    for number, name in enumerate(request.form.getlist("passage"), 1):
        key = _key(name)
        choice = _CHOICES.get(request.form.get(name, ""))
        if choice is None:
            unchosen.append((number, name))
        else:
            decisions.setdefault(key[0], {})[key[1]] = choice
    return decisions, unchosen
