"""A reserve called up after the outcomes are final: a recruiter asks, the panel chair or deputy agrees.

Nothing is opened: the names of the shortlist were revealed, and the list is read by references in order of merit.
What was counted stays counted. Whoever is appointed after the count is told in the next annual figures, in one
total without characteristics (`cut_offs`): in a campaign counted anew the difference would be that person.
Sources: Civil Service Commission, Recruitment Principles (reserve lists in order of merit).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached, require_state
from recruitment.rules.errors import Invalid, NotAllowed, Stale, TooSoon
from recruitment.rules.outcomes import Outcome
from recruitment.rules.permissions import Permission, is_second_person
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import interviews as rows
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign, list_vacancies
from recruitment.store.people import Person, roles_in_campaign
from recruitment.store.reserves import ReserveCall, find_open_call

LONGEST_REASON = 1_000
_DECIDED = tuple(state for state in CampaignState if has_reached(state, CampaignState.DECIDED))


@dataclass(frozen=True)
class OnReserve:
    """One application on the reserve list; `place` in the order of merit, 1 the best."""

    application_id: UUID
    reference: str
    place: int


@dataclass(frozen=True)
class Called:
    """A call that waits, or was agreed (`agreed_at`)."""

    application_id: UUID
    reference: str
    place: int
    vacancy: str
    reason: str
    passed_over: str
    placed_higher: int
    asked_by: str
    asked_at: datetime
    agreed_at: datetime | None


@dataclass(frozen=True)
class Reserves:
    """What a campaign's reserve list holds: the best first; `vacancies` as (id, title)."""

    title: str
    listed: tuple[OnReserve, ...]
    vacancies: tuple[tuple[UUID, str], ...]
    waiting: Called | None
    appointed: tuple[Called, ...]


def read_reserves(session: Session, *, actor: Actor, campaign_id: UUID) -> Reserves:
    """For a recruiter, and for whoever may agree. `TooSoon` before the outcomes are final."""
    try:
        campaign = _decided(session, actor, campaign_id, Permission.CALL_RESERVE)
    except NotAllowed:
        campaign = _decided(session, actor, campaign_id, Permission.AGREE_REVEAL)
    return _read(session, campaign)


def _decided(
    session: Session, actor: Actor, campaign_id: UUID, permission: Permission, *, lock: bool = False
) -> Campaign:
    campaign = require(session, actor, campaign_id, permission, lock=lock, even_closed=True)
    require_state(CampaignState(campaign.state), *_DECIDED, act="call up a reserve")
    return campaign


def _read(session: Session, campaign: Campaign) -> Reserves:
    vacancies = tuple((one.id, one.title) for one in list_vacancies(session, campaign.id))
    calls = session.scalars(
        select(ReserveCall).where(ReserveCall.campaign_id == campaign.id).order_by(ReserveCall.asked_at)
    ).all()
    listed = _listed(session, campaign.id)
    told = [_called(session, call, dict(vacancies), listed) for call in calls]
    return Reserves(
        campaign.title,
        listed,
        vacancies,
        next((one for one in told if one.agreed_at is None), None),
        tuple(one for one in told if one.agreed_at is not None),
    )


def _listed(session: Session, campaign_id: UUID) -> tuple[OnReserve, ...]:
    found = session.execute(
        select(rows.Outcome.application_id, Application.reference, rows.Outcome.merit)
        .join(
            Application,
            (Application.campaign_id == rows.Outcome.campaign_id)
            & (Application.id == rows.Outcome.application_id),
        )
        .where(rows.Outcome.campaign_id == campaign_id, rows.Outcome.result == Outcome.RESERVE)
        .order_by(rows.Outcome.merit, Application.reference)
    )
    return tuple(OnReserve(key, reference, merit or 0) for key, reference, merit in found)


def _called(
    session: Session, call: ReserveCall, vacancies: dict[UUID, str], listed: tuple[OnReserve, ...]
) -> Called:
    key = (call.campaign_id, call.application_id)
    place = session.get_one(rows.Outcome, key).merit or 0
    return Called(
        call.application_id,
        session.get_one(Application, key).reference,
        place,
        vacancies.get(call.vacancy_id, ""),
        call.reason,
        call.passed_over,
        sum(one.place < place for one in listed),
        session.get_one(Person, call.asked_by).name,
        call.asked_at,
        call.agreed_at,
    )


def call_reserve(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    application_id: UUID,
    vacancy_id: UUID,
    reason: str,
    passed_over: str = "",
) -> None:
    """Ask for one reserve's appointment, in place of a call that still waits. `Invalid` names the field."""
    campaign = _decided(session, actor, campaign_id, Permission.CALL_RESERVE, lock=True)
    known = _read(session, campaign)
    chosen = next((one for one in known.listed if one.application_id == application_id), None)
    if chosen is None:
        raise Invalid("Select somebody on the reserve list.", "application")
    if vacancy_id not in dict(known.vacancies):
        raise Invalid("Select a vacancy of this campaign.", "vacancy")
    reason, passed_over = reason.strip(), passed_over.strip()
    if not reason or len(reason) > LONGEST_REASON:
        raise Invalid(f"Say why a reserve is called up, in {LONGEST_REASON:,} characters or fewer.", "reason")
    higher = [one for one in known.listed if one.place < chosen.place]
    if (higher and not passed_over) or len(passed_over) > LONGEST_REASON:
        raise Invalid(
            f"Say why those placed higher are not called, in {LONGEST_REASON:,} characters or fewer.",
            "passed_over",
        )
    if (before := find_open_call(session, campaign_id)) is not None:
        session.delete(before)
        session.flush()
    session.add(
        ReserveCall(
            campaign_id=campaign_id,
            application_id=application_id,
            vacancy_id=vacancy_id,
            reason=reason,
            passed_over=passed_over if higher else "",
            asked_by=actor.id,
            asked_at=desk.now,
        )
    )
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="reserve_called",
        application=application_id,
        place=chosen.place,
        placed_higher=len(higher),
        reason=reason,
    )


def agree_reserve(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, application_id: UUID
) -> None:
    """The second person appoints the reserve that was asked for. `Stale` where another was asked for meanwhile."""
    _decided(session, actor, campaign_id, Permission.AGREE_REVEAL, lock=True)
    call = find_open_call(session, campaign_id)
    if call is None:
        raise TooSoon("Nobody has asked for a reserve: a recruiter of the campaign does that.")
    if call.asked_by == actor.id or not is_second_person(roles_in_campaign(session, campaign_id, actor.id)):
        raise NotAllowed
    if call.application_id != application_id:
        raise Stale("Another reserve was asked for meanwhile. Look again.")
    outcome = session.get_one(rows.Outcome, (campaign_id, application_id))
    if outcome.result != Outcome.RESERVE:
        raise Stale("This person is no longer on the reserve list. Look again.")
    outcome.result, outcome.vacancy_id = Outcome.APPOINTED, call.vacancy_id
    call.agreed_by, call.agreed_at = actor.id, desk.now
    session.add_all(
        StageEvent(campaign_id=campaign_id, application_id=application_id, kind=kind, at=desk.now)
        for kind in (StageEventKind.OFFERED, StageEventKind.APPOINTED)
    )
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="reserve_appointed",
        application=application_id,
        vacancy=call.vacancy_id,
    )
